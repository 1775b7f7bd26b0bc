import { bubbliiiing, jfzhang95, vainf } from '@atrous/weights';
import { huggingFace } from './hugging-face.ts';
import type { NetworkCase } from './network-case.ts';
import { mobilevitPlugin } from './mobilevit-plugin.ts';
import { ownDilation } from './own-dilation.ts';
import { ownVgg } from './own-vgg.ts';
import { kazuto } from './kazuto.ts';
import { ownCascade } from './own-cascade.ts';
import { ownHdcDuc } from './own-hdc-duc.ts';
import { portNetwork } from './port-network.ts';
import { resnetPort } from './resnet-port.ts';
import { torchvisionResnet } from './torchvision-resnet.ts';
import { torchvisionLrAspp, torchvisionMobilenetV3 } from './torchvision.ts';
import { xceptionPorts } from './xception.ts';

/** Every family of golden networks that this repository can build; the first that matches a case is used. */
export const networkCases: readonly NetworkCase[] = [
  portNetwork('bubbliiiing', bubbliiiing, { deeplabv3plus: 'deeplabv3plus-mobilenetv2-voc-bubbliiiing' }),
  portNetwork('VainF', vainf, {
    deeplabv3: 'deeplabv3-mobilenetv2-voc-vainf',
    deeplabv3plus: 'deeplabv3plus-mobilenetv2-voc-vainf',
  }),
  portNetwork('jfzhang95', jfzhang95, { deeplabv3plus: 'deeplabv3plus-mobilenetv2-voc-jfzhang95' }),
  huggingFace,
  mobilevitPlugin,
  ...ownDilation,
  ...ownVgg,
  torchvisionLrAspp,
  torchvisionMobilenetV3,
  torchvisionResnet,
  resnetPort('VainF', vainf, {
    deeplabv3: 'deeplabv3-resnet101-voc-vainf',
    deeplabv3plus: 'deeplabv3plus-resnet101-voc-vainf',
  }),
  resnetPort('jfzhang95', jfzhang95, { deeplabv3plus: 'deeplabv3plus-resnet101-voc-jfzhang95' }),
  kazuto,
  ...xceptionPorts,
  ownCascade,
  ownHdcDuc,
];

import { buildModel, variants } from '@atrous/models';
import { goldensFolder } from '@atrous/testing';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readNetworkFile } from '../src/goldens/read-network-file.ts';
import { networkCases } from '../src/index.ts';

const networks = join(goldensFolder() ?? '', 'networks');

/** Variants that are, node by node, the network that a case has proven. */
const proven = [
  ['deeplab-v1-largefov-vgg16', 'own_vgg16_largefov'],
  ['deeplab-v1-msc-largefov-vgg16', 'own_vgg16_msc_largefov'],
  ['deeplab-v1-vgg16', 'own_vgg16_v1_4x4_rate4'],
  ['deeplab-v2-aspp-l-vgg16', 'own_vgg16_v2_aspp_l'],
  ['deeplab-v1-resnet101', 'kazuto_v1_resnet101'],
  ['deeplab-v2-msc-resnet101', 'kazuto_v2_resnet101_msc'],
  ['deeplab-v3-resnet101-kazuto1011', 'kazuto_v3_resnet101_mg_os16'],
  ['deeplab-v3-plus-resnet101-kazuto1011', 'kazuto_v3plus_resnet101_mg_os16'],
  ['duc-hdc-resnet101', 'own_resnet101_hdc_duc'],
  ['deeplab-v3-resnet50-torchvision', 'tv_deeplabv3_resnet50_os8'],
  ['deeplab-v3-resnet101-torchvision', 'tv_deeplabv3_resnet101_os8'],
  ['fcn-resnet50', 'tv_fcn_resnet50'],
] as const;

describe.skipIf(!existsSync(networks))('variants', () => {
  it.each(proven)('%s is the network of %s', async (name, folder) => {
    const { description } = readNetworkFile(join(networks, folder, 'case.json'));
    const { graph } = await networkCases.find((candidate) => candidate.matches(description))!.build(description);
    const { model } = variants.find((variant) => variant.name === name)!;
    expect(buildModel(model).nodes).toEqual(graph.nodes);
  });
});

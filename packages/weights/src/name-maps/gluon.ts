import type { NameMap } from '../name-map.ts';
import { layerAndRole, mobilenetV2Layer, type Role } from './own-names.ts';

const PREFIX = 'mobilenetv20_features';
const PARTS = ['expand', 'depthwise', 'project'];

const TENSORS: Readonly<Record<Role, readonly [module: 'conv' | 'batchnorm', tensor: string]>> = {
  weights: ['conv', 'weight'],
  biases: ['conv', 'bias'],
  gamma: ['batchnorm', 'gamma'],
  beta: ['batchnorm', 'beta'],
  moving_mean: ['batchnorm', 'running_mean'],
  moving_variance: ['batchnorm', 'running_var'],
};

function sourceOf(layer: string, role: Role): string | undefined {
  const found = mobilenetV2Layer(layer);
  if (found === undefined) return undefined;
  const [module, tensor] = TENSORS[role];
  if (found.part === 'stem') return `${PREFIX}_${module}0_${tensor}`;
  return `${PREFIX}_linearbottleneck${found.block - 1}_${module}${PARTS.indexOf(found.part)}_${tensor}`;
}

/** MXNet's MobileNetV2 (Gluon, ONNX zoo `mobilenetv2-1.0`) as a backbone: built with `expandFirst`, epsilon 1e-5 and symmetric padding. */
export const gluon: NameMap = {
  name: 'gluon',
  description: "MXNet's MobileNetV2 trained on ImageNet, without its classifier",
  layout: 'oihw',
  sourcesOf(param) {
    const found = layerAndRole(param);
    const source = found === undefined ? undefined : sourceOf(found.layer, found.role);
    return source === undefined ? [] : [source];
  },
  ignores: (source) => new RegExp(`^(${PREFIX}_(conv|batchnorm)1|mobilenetv20_output)_`).test(source),
};

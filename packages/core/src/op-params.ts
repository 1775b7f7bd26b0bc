import type { OpAttrs, OpKind, Param, Shape } from './ops.ts';

type Params = Readonly<Record<string, Param>>;

const channels = (shape: Shape | undefined): number => shape?.[3] ?? 0;

/** The parameters that a node of this kind owns, named under `prefix` the way TensorFlow's DeepLab names them. */
export function paramsOf<K extends OpKind>(
  kind: K,
  attrs: OpAttrs[K],
  inputs: readonly Shape[],
  prefix: string,
): Params {
  const named = (name: string, shape: readonly number[]): Param => ({ name: `${prefix}/${name}`, shape });
  const c = channels(inputs[0]);
  switch (kind) {
    case 'conv2d': {
      const { kernel, filters, useBias } = attrs as OpAttrs['conv2d'];
      return {
        weights: named('weights', [...kernel, c, filters]),
        ...(useBias && { biases: named('biases', [filters]) }),
      };
    }
    case 'depthwiseConv2d': {
      const { kernel, multiplier, useBias } = attrs as OpAttrs['depthwiseConv2d'];
      return {
        depthwiseWeights: named('depthwise_weights', [...kernel, c, multiplier]),
        ...(useBias && { biases: named('biases', [c * multiplier]) }),
      };
    }
    case 'interpolateTaps': {
      const { filters, useBias } = attrs as OpAttrs['interpolateTaps'];
      return useBias ? { biases: named('biases', [filters]) } : {};
    }
    case 'batchNorm':
      return {
        gamma: named('gamma', [c]),
        beta: named('beta', [c]),
        movingMean: named('moving_mean', [c]),
        movingVariance: named('moving_variance', [c]),
      };
    default:
      return {};
  }
}

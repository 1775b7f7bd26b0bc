import type { Node, Param, TensorData } from '@atrous/core';
import type { FilterLayout } from '../name-map.ts';

/** What a parameter's numbers are, as far as layouts are concerned. */
type Role = 'filters' | 'depthwise' | 'plain';

const roleOf = (param: Param, node: Node): Role => {
  if (node.kind === 'conv2d' && node.params['weights']?.name === param.name) return 'filters';
  if (node.kind === 'depthwiseConv2d' && node.params['depthwiseWeights']?.name === param.name) return 'depthwise';
  return 'plain';
};

/** The shape that a parameter has in a checkpoint, and how its axes get from there to `[kh, kw, in, out]`. */
export interface SourceLayout {
  readonly shape: readonly number[];
  /** Axis `i` of the result (before the last two are split for depthwise filters) is axis `order[i]` of the source. */
  readonly order: readonly number[] | undefined;
}

/** How a parameter lies in checkpoints of a layout. */
export function sourceLayout(param: Param, node: Node, layout: FilterLayout): SourceLayout {
  const role = roleOf(param, node);
  const [height = 1, width = 1, inputs = 1, outputs = 1] = param.shape;
  if (role === 'plain' || layout === 'hwio') return { shape: param.shape, order: undefined };
  // Depthwise filters are `c · multiplier + m` along one axis everywhere else, which is how [c, multiplier] lies in memory.
  if (role === 'depthwise')
    return layout === 'oihw'
      ? { shape: [inputs * outputs, 1, height, width], order: [2, 3, 1, 0] }
      : { shape: [1, height, width, inputs * outputs], order: undefined };
  return layout === 'oihw'
    ? { shape: [outputs, inputs, height, width], order: [2, 3, 1, 0] }
    : { shape: [outputs, height, width, inputs], order: [1, 2, 3, 0] };
}

/** Row-major data with its four axes in another order. */
export function transpose<T extends TensorData>(data: T, shape: readonly number[], order: readonly number[]): T {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, extent) => product * extent, 1));
  const [a = 1, b = 1, c = 1, d = 1] = order.map((axis) => shape[axis] ?? 1);
  const [sa = 0, sb = 0, sc = 0, sd = 0] = order.map((axis) => strides[axis] ?? 0);
  const result = data.slice() as T;
  let to = 0;
  for (let i = 0; i < a; i++)
    for (let j = 0; j < b; j++)
      for (let k = 0; k < c; k++) {
        const from = i * sa + j * sb + k * sc;
        for (let l = 0; l < d; l++) result[to++] = data[from + l * sd] ?? 0;
      }
  return result;
}

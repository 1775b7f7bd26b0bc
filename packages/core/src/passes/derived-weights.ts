import { WeightsError } from '../errors.ts';
import type { Graph, Node, Pair, Param } from '../ops.ts';
import { sizeOf, type Tensor, type Weights } from '../tensor.ts';

/** Weights of a network, and those that a pass makes of them. */
export interface DerivedWeights {
  /** @throws WeightsError when the node's parameter is missing. */
  of(node: Node, role: string): Tensor;
  /** The parameter of this name, made if it was not yet: layers that share parameters go on sharing what is made of them. */
  derive(name: string, make: () => Tensor): Param;
  /** All that a graph needs of both. */
  neededBy(graph: Graph): Weights;
}

/** Starts from the weights of a network. */
export function derivedWeights(weights: Weights): DerivedWeights {
  const all = new Map(weights);
  return {
    of(node, role) {
      const name = node.params[role]?.name ?? '';
      const found = all.get(name);
      if (found === undefined)
        throw new WeightsError(`"${node.name}" needs the tensor "${name}"`, { code: 'WEIGHT_MISSING' });
      return found;
    },
    derive(name, make) {
      const tensor = all.get(name) ?? make();
      all.set(name, tensor);
      return { name, shape: tensor.shape };
    },
    neededBy(graph) {
      const names = new Set(graph.nodes.flatMap(({ params }) => Object.values(params).map(({ name }) => name)));
      return new Map([...all].filter(([name]) => names.has(name)));
    },
  };
}

/** Rows and columns `[from, to)` of a filter `[kh, kw, in, out]`. */
export function sliceTaps(filter: Tensor, rows: Pair, columns: Pair): Tensor {
  const [, width = 1, channels = 1, out = 1] = filter.shape;
  const perTap = channels * out;
  const shape = [rows[1] - rows[0], columns[1] - columns[0], channels, out];
  const data = new Float32Array(sizeOf(shape));
  for (let y = rows[0]; y < rows[1]; y++) {
    const row = filter.data.subarray((y * width + columns[0]) * perTap, (y * width + columns[1]) * perTap);
    data.set(row, (y - rows[0]) * row.length);
  }
  return { shape, data };
}

/** Some input channels of a filter `[kh, kw, in, out]`, one range after the other. */
export function pickChannels(filter: Tensor, ranges: readonly (readonly [from: number, to: number])[]): Tensor {
  const [height = 1, width = 1, channels = 1, out = 1] = filter.shape;
  const picked = ranges.reduce((sum, [from, to]) => sum + to - from, 0);
  const data = new Float32Array(height * width * picked * out);
  let at = 0;
  for (let pixel = 0; pixel < height * width; pixel++)
    for (const [from, to] of ranges) {
      const start = pixel * channels;
      data.set(filter.data.subarray((start + from) * out, (start + to) * out), at);
      at += (to - from) * out;
    }
  return { shape: [height, width, picked, out], data };
}

/** A filter `[kh, kw, in, out]` as one of `[1, 1, in, kh · kw · out]` that computes every tap by itself. */
export function tapsAsChannels(filter: Tensor): Tensor {
  const [height = 1, width = 1, channels = 1, out = 1] = filter.shape;
  const taps = height * width;
  const data = new Float32Array(filter.data.length);
  for (let tap = 0; tap < taps; tap++)
    for (let c = 0; c < channels; c++) {
      const start = (tap * channels + c) * out;
      data.set(filter.data.subarray(start, start + out), (c * taps + tap) * out);
    }
  return { shape: [1, 1, channels, taps * out], data };
}

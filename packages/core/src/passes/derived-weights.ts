import { WeightsError } from '../errors.ts';
import type { Graph, Node, Param } from '../ops.ts';
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

/** Rows, columns and input channels of a filter: `[from, to)` each; everything where absent. */
export interface FilterPart {
  readonly rows?: readonly [from: number, to: number];
  readonly columns?: readonly [from: number, to: number];
  readonly channels?: readonly [from: number, to: number];
}

/** A part of a filter `[kh, kw, in, out]`. */
export function sliceFilter(filter: Tensor, part: FilterPart): Tensor {
  const [height = 1, width = 1, channels = 1, out = 1] = filter.shape;
  const { rows = [0, height], columns = [0, width], channels: within = [0, channels] } = part;
  const shape = [rows[1] - rows[0], columns[1] - columns[0], within[1] - within[0], out];
  const data = new Float32Array(sizeOf(shape));
  let to = 0;
  for (let y = rows[0]; y < rows[1]; y++)
    for (let x = columns[0]; x < columns[1]; x++) {
      const pixel = (y * width + x) * channels;
      data.set(filter.data.subarray((pixel + within[0]) * out, (pixel + within[1]) * out), to);
      to += (within[1] - within[0]) * out;
    }
  return { shape, data };
}

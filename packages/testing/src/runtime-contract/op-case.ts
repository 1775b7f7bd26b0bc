import {
  createGraphBuilder,
  parametersOf,
  type Graph,
  type GraphBuilder,
  type Node,
  type OpDefinition,
  type OpKind,
  type Param,
  type Tensor,
  type Weights,
} from '@atrous/core';
import { generateTensor } from '../golden/generator.ts';

/** A small graph that shows one op under one condition. */
export interface OpCase {
  /** The op it is about; the graph may need others. */
  readonly op: OpKind;
  readonly title: string;
  /** Of the image, `[n, h, w, c]`. */
  readonly shape: readonly [n: number, h: number, w: number, c: number];
  readonly build: (builder: GraphBuilder, image: Node) => Node;
  readonly ops?: readonly OpDefinition[];
  /** Image values span −`range` … `range`. Default 1. */
  readonly range?: number;
  /** Image values are whole numbers, so that ties occur. Default false. */
  readonly whole?: boolean;
}

/** The graph of a case, for any batch and size. */
export function graphOf({ shape, build, ops }: OpCase): Graph {
  const builder = createGraphBuilder({ ops });
  return builder.build({ y: build(builder, builder.input({ shape: [null, null, null, shape[3]] })) });
}

/** The image of a case. */
export function imageOf({ title, shape, range = 1, whole = false }: OpCase): Tensor {
  const image = generateTensor({ name: title, shape, offset: 0, scale: range });
  return whole ? { shape, data: image.data.map(Math.round) } : image;
}

function generateParam({ name, shape }: Param): Tensor {
  const isVariance = name.endsWith('moving_variance');
  const fanIn = shape.length === 4 ? shape.slice(0, -1).reduce((product, extent) => product * extent, 1) : 1;
  return generateTensor({ name, shape, offset: isVariance ? 1 : 0, scale: isVariance ? 0.5 : Math.sqrt(3 / fanIn) });
}

/** Weights of any graph, of a size that keeps values near 1. */
export const weightsOf = (graph: Graph): Weights =>
  new Map([...parametersOf(graph).values()].map((param) => [param.name, generateParam(param)]));

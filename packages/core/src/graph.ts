import { ShapeError } from './errors.ts';
import { createGraphBuilder } from './graph-builder.ts';
import type { Graph, Node, Param, Shape } from './ops.ts';
import { placements } from './output-stride.ts';
import type { OpDefinition } from './plugins.ts';

/** Options of functions that rebuild a graph with custom ops in it. */
export interface RebuildOptions {
  /** Definitions of the custom ops in the graph. */
  readonly ops?: readonly OpDefinition[] | undefined;
}

/** Nodes by name. */
export const nodesByName = (graph: Graph): ReadonlyMap<string, Node> =>
  new Map(graph.nodes.map((node) => [node.name, node]));

/** The graph's input nodes, in order. */
export const inputsOf = (graph: Graph): readonly Node[] => graph.nodes.filter((node) => node.kind === 'input');

/** Every parameter of a graph once, by name. */
export function parametersOf(graph: Graph): ReadonlyMap<string, Param> {
  const params = new Map<string, Param>();
  for (const node of graph.nodes)
    for (const param of Object.values(node.params)) {
      const known = params.get(param.name);
      if (known && known.shape.join() !== param.shape.join())
        throw new ShapeError(
          `parameter "${param.name}" is shared as [${known.shape.join(', ')}] and [${param.shape.join(', ')}]`,
        );
      params.set(param.name, param);
    }
  return params;
}

function rebuild(
  graph: Graph,
  outputStride: number | null,
  options: RebuildOptions,
  shapeOf?: (input: string) => Shape | undefined,
): Graph {
  const builder = createGraphBuilder({ outputStride, ops: options.ops });
  const added = new Map<string, Node>();
  for (const node of graph.nodes) {
    const shape = node.kind === 'input' ? shapeOf?.(node.name) : undefined;
    added.set(node.name, builder.addNode(shape ? { ...node, attrs: { shape } } : node));
  }
  const outputs = Object.entries(graph.outputs).map(([name, node]) => [name, added.get(node) as Node] as const);
  return builder.build(Object.fromEntries(outputs));
}

/**
 * The same network at another output stride, with the same parameter names and shapes.
 *
 * Strides that exceed it become rates, and the other way round; atrous rates given for one output stride double when the stride halves.
 *
 * @throws ShapeError when a rate would not be whole, or when the network cannot reach that stride.
 * @see Chen et al. 2017, "Rethinking Atrous Convolution", §3.1, arXiv:1706.05587
 */
export function retarget(graph: Graph, outputStride: number, options: RebuildOptions = {}): Graph {
  const rebuilt = rebuild(graph, outputStride, options);
  const placed = placements(rebuilt.nodes, outputStride);
  const reached = Math.max(
    ...rebuilt.nodes.map((node) => ('nominal' in node.attrs ? (placed.get(node.name)?.stride ?? 1) : 1)),
  );
  if (reached !== outputStride)
    throw new ShapeError(`the network's strides lead to output stride ${reached}, not ${outputStride}`, {
      code: 'OUTPUT_STRIDE',
      hint: 'choose a product of its strides, such as 8, 16 or 32',
    });
  return rebuilt;
}

/**
 * The same network with its input shape fixed, so that every shape is known.
 *
 * @param inputShape `[n, h, w, c]`, for every input of the graph, or a shape per input by name.
 * @throws ShapeError when the network cannot run at that size.
 */
export const withInputShape = (
  graph: Graph,
  inputShape: Shape | ReadonlyMap<string, Shape>,
  options: RebuildOptions = {},
): Graph =>
  rebuild(graph, graph.outputStride, options, (input) =>
    inputShape instanceof Map ? (inputShape as ReadonlyMap<string, Shape>).get(input) : (inputShape as Shape),
  );

/** Text of a graph, readable by {@link graphFromJson}. */
export const graphToJson = (graph: Graph): string => JSON.stringify({ format: 'atrous-graph', version: 1, ...graph });

/**
 * Reads a graph back, checking every node as if it were built anew.
 *
 * @throws ShapeError when the text is not a graph or its nodes do not fit together.
 */
export function graphFromJson(text: string, options: RebuildOptions = {}): Graph {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new ShapeError('the graph is not JSON', { code: 'GRAPH_FORMAT', cause });
  }
  const { format, version, nodes, outputs, outputStride } = (parsed ?? {}) as Partial<Graph> & {
    format?: string;
    version?: number;
  };
  if (format !== 'atrous-graph' || version !== 1 || !Array.isArray(nodes) || typeof outputs !== 'object')
    throw new ShapeError('this JSON is not an Atrous graph of version 1', { code: 'GRAPH_FORMAT' });
  const graph = { nodes, outputs, outputStride: outputStride ?? null };
  try {
    return rebuild(graph, graph.outputStride, options);
  } catch (cause) {
    if (cause instanceof ShapeError) throw cause;
    throw new ShapeError('the graph has a node that is not one', { code: 'GRAPH_FORMAT', cause });
  }
}

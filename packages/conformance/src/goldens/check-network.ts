import { createGraphBuilder, inputsOf, type Executable, type Graph, type Node } from '@atrous/core';
import type { Runtime, Tensor, Weights } from '@atrous/core';
import { generateTensor } from '@atrous/testing/golden';
import { importWeights, type Checkpoint } from '@atrous/weights';
import type { NetworkUnderTest } from '../networks/network-case.ts';
import { checkOutput } from './check-output.ts';
import { nchwToNhwc } from './nchw.ts';
import { generateWeights, type NetworkFile, type NetworkRun } from './network-file.ts';

/** Outputs that are others at the input's size. */
const ENLARGED: Readonly<Record<string, string>> = { logits: 'final', aux: 'final_aux' };

/** Enlarges logits to the size of the image as further outputs, the way the source does after its network. */
export function withFinalResize({ graph, upsample, ops }: NetworkUnderTest): Graph {
  const [image] = inputsOf(graph);
  if (upsample === undefined || image === undefined) return graph;
  const builder = createGraphBuilder({ outputStride: graph.outputStride, ops });
  const nodes = new Map<string, Node>(graph.nodes.map((node) => [node.name, builder.addNode(node)]));
  const outputs = Object.entries(graph.outputs).map(([name, node]) => [name, nodes.get(node) as Node] as const);
  const enlarged = outputs.flatMap(([output, node]) => {
    const name = ENLARGED[output];
    return name === undefined ? [] : [[name, builder.resizeBilinear(node, { name, corners: upsample, like: image })]];
  });
  return builder.build(Object.fromEntries([...outputs, ...enlarged]) as Readonly<Record<string, Node>>);
}

/** The weights of a case as if read from a file. */
export function storedWeights(manifest: string, seedPrefix: string): Checkpoint {
  const tensors = new Map(
    [...generateWeights(manifest, seedPrefix)].map(
      ([name, { shape, data }]) => [name, { dtype: 'float32', shape, data }] as const,
    ),
  );
  return { format: 'golden manifest', tensors, metadata: {} };
}

function weightsOf(
  { nameMap, weights }: NetworkUnderTest,
  graph: Graph,
  seedPrefix: string,
  manifest: string,
): Weights {
  return weights ?? importWeights(graph, storedWeights(manifest, seedPrefix), nameMap).weights;
}

/**
 * Compiles a network with the weights of its case.
 *
 * @param manifest content of the case's manifest.
 */
export async function compileNetwork(
  runtime: Runtime,
  network: NetworkUnderTest,
  { seedPrefix }: NetworkFile,
  manifest: string,
): Promise<Executable> {
  const graph = withFinalResize(network);
  return runtime.compile(graph, weightsOf(network, graph, seedPrefix, manifest), { ops: network.ops });
}

/**
 * Runs a network on the image of one run and compares every output.
 *
 * @param stored content of the run's file.
 * @returns how close they are, for people.
 * @throws Error that names the first thing that differs by more than the case allows.
 */
export async function checkRun(
  executable: Executable,
  run: NetworkRun,
  { seedPrefix }: NetworkFile,
  stored: ReadonlyMap<string, Tensor>,
): Promise<string> {
  if (run.input.layout !== 'NCHW') throw new Error(`the input is laid out as ${run.input.layout}, expected NCHW`);
  const outputs = await executable.run(nchwToNhwc(generateTensor(run.input, seedPrefix)));
  return Object.entries(run.outputs)
    .map(([name, expected]) => {
      const actual = outputs[name];
      if (actual === undefined) throw new Error(`the network has no output "${name}"`);
      return `${name}: ${checkOutput(actual, expected, expected.stored ? stored.get(name) : undefined)}`;
    })
    .join(', ');
}

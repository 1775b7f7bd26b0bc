import {
  createGraphBuilder,
  inputsOf,
  type Executable,
  type Graph,
  type Node,
  type Runtime,
  type Weights,
} from '@atrous/core';
import { generateTensor, readGoldenTensors } from '@atrous/testing';
import { importWeights } from '@atrous/weights';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { networkCases } from '../networks/index.ts';
import type { NetworkCase, NetworkUnderTest } from '../networks/network-case.ts';
import { checkOutput } from './check-output.ts';
import { attempt, untilUnreadable, type GoldenResult } from './golden-result.ts';
import { nchwToNhwc } from './nchw.ts';
import { generateWeights, readNetworkFile, type NetworkFile, type NetworkRun } from './network-file.ts';

/** Outputs that are others at the input's size. */
const ENLARGED: Readonly<Record<string, string>> = { logits: 'final', aux: 'final_aux' };

/** Enlarges logits to the size of the image as further outputs, the way the source does after its network. */
function withFinalResize({ graph, upsample, ops }: NetworkUnderTest): Graph {
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

function weightsOf(file: NetworkFile, { nameMap, weights }: NetworkUnderTest, graph: Graph): Weights {
  if (weights) return weights;
  const tensors = new Map(
    [...generateWeights(file)].map(([name, { shape, data }]) => [name, { dtype: 'float32', shape, data }] as const),
  );
  const checkpoint = { format: 'golden manifest', tensors, metadata: {} };
  return importWeights(graph, checkpoint, nameMap).weights;
}

async function compileCase(file: NetworkFile, known: NetworkCase, runtime: Runtime): Promise<Executable> {
  const network = await known.build(file.description);
  const graph = withFinalResize(network);
  return runtime.compile(graph, weightsOf(file, network, graph), { ops: network.ops });
}

async function checkRun(executable: Executable, run: NetworkRun, { folder, seedPrefix }: NetworkFile): Promise<string> {
  if (run.input.layout !== 'NCHW') throw new Error(`the input is laid out as ${run.input.layout}, expected NCHW`);
  const outputs = await executable.run(nchwToNhwc(generateTensor(run.input, seedPrefix)));
  const stored = readGoldenTensors(join(folder, run.file));
  return Object.entries(run.outputs)
    .map(([name, expected]) => {
      const actual = outputs[name];
      if (actual === undefined) throw new Error(`the network has no output "${name}"`);
      return `${name}: ${checkOutput(actual, expected, expected.stored ? stored.get(name) : undefined)}`;
    })
    .join(', ');
}

async function* runNetwork(
  path: string,
  runtime: Runtime,
  wanted: (id: string) => boolean,
): AsyncGenerator<GoldenResult> {
  const file = readNetworkFile(path);
  const idOf = ({ id }: NetworkRun): string => `networks/${file.description.case}/${id}`;
  const selected = file.runs.filter((run) => wanted(idOf(run)));
  const known = networkCases.find((candidate) => candidate.matches(file.description));
  if (known === undefined) {
    for (const run of selected) yield { id: idOf(run), status: 'skipped', detail: 'no such network here yet' };
    return;
  }
  let compiled: Promise<Executable> | undefined;
  for (const run of selected)
    yield await attempt(idOf(run), async () => {
      compiled ??= compileCase(file, known, runtime);
      return checkRun(await compiled, run, file);
    });
  await compiled?.then(
    (executable) => executable.dispose(),
    () => undefined,
  );
}

/** Runs the cases of `networks/<case>/case.json` whose id is wanted. Weights and images are generated. */
export async function* runNetworkGoldens(
  folder: string,
  runtime: Runtime,
  wanted: (id: string) => boolean,
): AsyncGenerator<GoldenResult> {
  const networks = join(folder, 'networks');
  if (!existsSync(networks)) return;
  for (const name of readdirSync(networks).toSorted()) {
    const path = join(networks, name, 'case.json');
    if (existsSync(path)) yield* untilUnreadable(`networks/${name}`, runNetwork(path, runtime, wanted));
    else if (name.startsWith('train_') && wanted(`networks/${name}`))
      yield { id: `networks/${name.replace(/\.json$/, '')}`, status: 'skipped', detail: 'gradients are not run yet' };
  }
}

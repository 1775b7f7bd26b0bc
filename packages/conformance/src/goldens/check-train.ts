import { inputsOf, type Graph, type Node, type Runtime, type Tensor } from '@atrous/core';
import { generateTensor, largestMagnitude } from '@atrous/testing/golden';
import { importWeights } from '@atrous/weights';
import type { NetworkUnderTest } from '../networks/network-case.ts';
import { storedWeights, withFinalResize } from './check-network.ts';
import type { Skipped } from './golden-result.ts';
import { nchwToNhwc } from './nchw.ts';
import {
  generateLabels,
  parseTrainTolerance,
  type GradientStatistics,
  type RunningStatistics,
  type TensorStatistics,
  type TrainFile,
} from './train-file.ts';
import { runTrainSteps, type TrainSteps } from './train-steps.ts';
import { isTrainable } from './training-pass.ts';

/** Parameters of a graph with the nodes that own them. */
const ownersOf = (graph: Graph): ReadonlyMap<string, Node> =>
  new Map(graph.nodes.flatMap((node) => Object.values(node.params).map(({ name }) => [name, node] as const)));

/** `[kh, kw, in, out]` as PyTorch lays it out: `[out, in, kh, kw]`, depthwise `[out, 1, kh, kw]`. Other tensors as they are. */
function toTorch({ shape, data }: Tensor, node: Node | undefined): Tensor['data'] {
  if (shape.length !== 4) return data;
  const [height = 1, width = 1, ...channels] = shape;
  const isDepthwise = node?.kind === 'depthwiseConv2d';
  const inputs = isDepthwise ? 1 : (channels[0] ?? 1);
  const outputs = isDepthwise ? (channels[0] ?? 1) * (channels[1] ?? 1) : (channels[1] ?? 1);
  const plane = height * width;
  const moved = new Float32Array(data.length);
  for (let pixel = 0; pixel < plane; pixel++)
    for (let i = 0; i < inputs; i++)
      for (let o = 0; o < outputs; o++)
        moved[(o * inputs + i) * plane + pixel] = data[(pixel * inputs + i) * outputs + o] as number;
  return moved;
}

/** Collects how far numbers are from what they should be, in parts of what is allowed. */
class Closeness {
  worst = 0;
  where = '';

  /** @throws Error when it is too far. */
  expect(where: string, actual: number, expected: number, allowed: number): void {
    const part = Math.abs(actual - expected) / allowed;
    if (!(part <= 1))
      throw new Error(`${where} is ${actual} instead of ${expected} (allowed ${allowed.toExponential(2)})`);
    if (part > this.worst) [this.worst, this.where] = [part, where];
  }

  toString = (): string => `${(100 * this.worst).toFixed(0)} % of what is allowed at ${this.where}`;
}

function sums(data: Tensor['data']): { readonly sum: number; readonly squares: number } {
  let [sum, squares] = [0, 0];
  for (const value of data) {
    sum += value;
    squares += value ** 2;
  }
  return { sum, squares };
}

function expectFirst(closeness: Closeness, data: Tensor['data'], { name, first4 }: TensorStatistics, allowed: number) {
  for (const [i, value] of first4.entries())
    closeness.expect(`value ${i} of ${name}`, data[i] as number, value, allowed);
}

/** Errors of single elements are allowed; of sums of them, as much as independent errors add up to. */
function checkGradient(
  data: Tensor['data'],
  expected: GradientStatistics,
  allowed: number,
  closeness: Closeness,
): void {
  const { sum, squares } = sums(data);
  const together = allowed * Math.sqrt(data.length);
  expectFirst(closeness, data, expected, allowed);
  closeness.expect(`the largest of ${expected.name}`, largestMagnitude(data), expected.absmax, allowed);
  closeness.expect(`the norm of ${expected.name}`, Math.sqrt(squares), expected.l2, together);
  closeness.expect(`the sum of ${expected.name}`, sum, expected.sum, together);
}

/** Half of what a statistic can be off by in the last place, of numbers of about 1. */
const ROUNDING = 1e-6;

function checkStatistic(
  data: Tensor['data'],
  expected: RunningStatistics,
  ofError: number,
  closeness: Closeness,
): void {
  const { sum, squares } = sums(data);
  const mean = sum / data.length;
  const allowed = Math.max(ofError * expected.float32_error, ROUNDING);
  expectFirst(closeness, data, expected, allowed);
  closeness.expect(`the mean of ${expected.name}`, mean, expected.mean, allowed);
  const deviation = Math.sqrt(squares / data.length - mean ** 2);
  closeness.expect(`the deviation of ${expected.name}`, deviation, expected.std, allowed);
}

/** What a training run is compared with. */
interface Comparison {
  readonly file: TrainFile;
  readonly graph: Graph;
  /** Name of a parameter by its name in the source. */
  readonly parameterOf: ReadonlyMap<string, string>;
}

function compare({ losses, gradients, moved }: TrainSteps, { file, graph, parameterOf }: Comparison): string {
  const tolerance = parseTrainTolerance(file.tolerance);
  const owners = ownersOf(graph);
  const [ofLosses, ofGradients, ofStatistics] = [new Closeness(), new Closeness(), new Closeness()];
  const tensorOf = (tensors: ReadonlyMap<string, Tensor>, source: string): Tensor['data'] => {
    const name = parameterOf.get(source) ?? '';
    const found = tensors.get(name);
    if (found === undefined) throw new Error(`the network has nothing for "${source}"`);
    return toTorch(found, owners.get(name));
  };
  for (const [i, loss] of file.losses.entries())
    ofLosses.expect(`loss ${i}`, losses[i] as number, loss, tolerance.losses[i === 0 ? 0 : 1] * Math.abs(loss));
  const [ofError, ofLargest] = tolerance.gradients;
  for (const expected of file.gradients) {
    const allowed = Math.max(ofError * expected.float32_error, ofLargest * expected.absmax);
    checkGradient(tensorOf(gradients, expected.name), expected, allowed, ofGradients);
  }
  for (const expected of file.running_statistics_after_step0)
    checkStatistic(tensorOf(moved, expected.name), expected, ofError, ofStatistics);
  return `losses ${ofLosses}, gradients ${ofGradients}, statistics ${ofStatistics}`;
}

/**
 * Trains a network for a few steps as a `networks/train_*.json` describes, and compares losses, gradients and moving statistics.
 *
 * @param manifest content of the file's manifest.
 * @returns how close they are, for people.
 * @throws Error that names the first thing that differs by more than the file allows.
 */
export async function checkTraining(
  runtime: Runtime,
  network: NetworkUnderTest,
  file: TrainFile,
  manifest: string,
): Promise<string | Skipped> {
  if (!isTrainable(runtime)) return { skip: `the runtime "${runtime.name}" does not train` };
  const graph = withFinalResize(network);
  const { weights, report } = importWeights(graph, storedWeights(manifest, file.seed_prefix), network.nameMap);
  const parameterOf = new Map(report.matched.map(({ param, source }) => [source, param]));
  const trained = await runtime.trainable(graph, weights, { ops: network.ops });
  try {
    const image = nchwToNhwc(generateTensor({ ...file.input, offset: 0, scale: 1 }, file.seed_prefix));
    const trainable = new Set(file.gradients.map(({ name }) => parameterOf.get(name) ?? name));
    const input = inputsOf(graph)[0]?.name as string;
    const steps = await trained.use(() =>
      runTrainSteps({ network: trained, file, input, image, labels: generateLabels(file), trainable }),
    );
    return compare(steps, { file, graph, parameterOf });
  } finally {
    trained.dispose();
  }
}

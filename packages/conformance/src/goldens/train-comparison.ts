import type { Graph, Node, Tensor } from '@atrous/core';
import { largestMagnitude } from '@atrous/testing/golden';
import { Closeness } from './closeness.ts';
import { toTorch } from './torch-layout.ts';
import {
  parseTrainTolerance,
  type GradientStatistics,
  type RunningStatistics,
  type TensorStatistics,
  type TrainFile,
} from './train-file.ts';

/** What a training run is compared with. */
export interface Comparison {
  readonly file: TrainFile;
  readonly graph: Graph;
  /** Name of a parameter by its name in the source. */
  readonly parameterOf: ReadonlyMap<string, string>;
}

/** Half of what the last place of float32 can hold of numbers of about 1, times a few. */
const ROUNDING = 1e-6;

/** The data of the tensor that has a name in the source, in its layout. */
function sourceData(
  tensors: ReadonlyMap<string, Tensor>,
  { name: source }: TensorStatistics,
  { graph, parameterOf }: Comparison,
): Tensor['data'] {
  const name = parameterOf.get(source) ?? '';
  const found = tensors.get(name);
  if (found === undefined) throw new Error(`the network has nothing for "${source}"`);
  const owns = ({ params }: Node): boolean => Object.values(params).some((param) => param.name === name);
  return toTorch(found, graph.nodes.find(owns));
}

function sums(data: Tensor['data']): { readonly sum: number; readonly squares: number } {
  let [sum, squares] = [0, 0];
  for (const value of data) {
    sum += value;
    squares += value ** 2;
  }
  return { sum, squares };
}

function expectFirst(data: Tensor['data'], { name, first4 }: TensorStatistics, allowed: number, closeness: Closeness) {
  for (const [i, value] of first4.entries())
    closeness.expect(`value ${i} of ${name}`, data[i] as number, value, allowed);
}

/** What is allowed is for single elements; sums may be off by what independent errors add up to. */
function checkGradient(data: Tensor['data'], expected: GradientStatistics, allowed: number, closeness: Closeness) {
  const { sum, squares } = sums(data);
  const together = allowed * Math.sqrt(data.length);
  expectFirst(data, expected, allowed, closeness);
  closeness.expect(`the largest of ${expected.name}`, largestMagnitude(data), expected.absmax, allowed);
  closeness.expect(`the norm of ${expected.name}`, Math.sqrt(squares), expected.l2, together);
  closeness.expect(`the sum of ${expected.name}`, sum, expected.sum, together);
}

function checkStatistic(data: Tensor['data'], expected: RunningStatistics, ofError: number, closeness: Closeness) {
  const { sum, squares } = sums(data);
  const mean = sum / data.length;
  const deviation = Math.sqrt(squares / data.length - mean ** 2);
  const allowed = Math.max(ofError * expected.float32_error, ROUNDING);
  expectFirst(data, expected, allowed, closeness);
  closeness.expect(`the mean of ${expected.name}`, mean, expected.mean, allowed);
  closeness.expect(`the deviation of ${expected.name}`, deviation, expected.std, allowed);
}

/** @throws Error that names the first loss that differs by more than the file allows. */
export function compareLosses(losses: readonly number[], { file }: Comparison): Closeness {
  const closeness = new Closeness();
  const [first, later] = parseTrainTolerance(file.tolerance).losses;
  for (const [i, loss] of file.losses.entries())
    closeness.expect(`loss ${i}`, losses[i] as number, loss, (i === 0 ? first : later) * Math.abs(loss));
  return closeness;
}

/** @throws Error that names the first gradient that differs by more than the file allows. */
export function compareGradients(gradients: ReadonlyMap<string, Tensor>, comparison: Comparison): Closeness {
  const closeness = new Closeness();
  const [ofError, ofLargest] = parseTrainTolerance(comparison.file.tolerance).gradients;
  for (const expected of comparison.file.gradients) {
    const allowed = Math.max(ofError * expected.float32_error, ofLargest * expected.absmax);
    checkGradient(sourceData(gradients, expected, comparison), expected, allowed, closeness);
  }
  return closeness;
}

/** @throws Error that names the first moving statistic that differs by more than as many float32 errors as gradients may. */
export function compareStatistics(moved: ReadonlyMap<string, Tensor>, comparison: Comparison): Closeness {
  const closeness = new Closeness();
  const [ofError] = parseTrainTolerance(comparison.file.tolerance).gradients;
  for (const expected of comparison.file.running_statistics_after_step0)
    checkStatistic(sourceData(moved, expected, comparison), expected, ofError, closeness);
  return closeness;
}

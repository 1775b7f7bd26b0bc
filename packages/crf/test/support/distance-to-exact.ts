import type { CrfEngine } from '@atrous/crf';
import { exact } from '@atrous/crf/exact';
import { randomProblem, type RandomProblemOptions } from './random-problem.ts';

async function marginalsOf(engine: CrfEngine, { field, problem }: ReturnType<typeof randomProblem>) {
  using prepared = await engine.prepare(field);
  return (await prepared.infer(problem)).marginals;
}

const meanDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;

/** The mean differences of an engine's marginals from those of all pairs, one for each of so many random problems, ascending. */
export async function distancesToExact(
  engine: CrfEngine,
  count: number,
  options: RandomProblemOptions,
): Promise<readonly number[]> {
  const distances: number[] = [];
  for (let seed = 0; seed < count; seed++) {
    const random = randomProblem(seed, options);
    distances.push(meanDifference(await marginalsOf(engine, random), await marginalsOf(exact(), random)));
  }
  return distances.toSorted((a, b) => a - b);
}

import type { CrfEngine, CrfField } from '@atrous/crf';
import type { Skipped } from '../golden-result.ts';
import { expectedMarginals, fieldOf, problemOf, type ReadArray } from './crf-case.ts';
import type { CrfGoldenCase } from './crf-file.ts';
import { atPixelsOf, distanceOf, type Distance } from './distance.ts';

/** What the folder's README asks of the same algorithm: largest difference of a marginal. */
const SAME_ALGORITHM = 1e-4;
/** Of sums over all pairs: the goldens' features are float32, ours float64. */
const EXACTLY = 1e-5;
/** Relative. The reference adds up float32 numbers one after the other, which costs 1e-4 on 320×240 pixels, and more on larger ones. */
const SAME_KL = 1e-3;
/** Beyond that all pairs take minutes. */
const MOST_PAIRED_PIXELS = 4096;

const inWords = ({ mean, otherLabels }: Distance): string =>
  `mean ${mean.toExponential(2)}, ${(100 * otherLabels).toFixed(2)} % of labels`;

function expectClose(what: string, { largest, otherLabels }: Distance, allowed: number): number {
  if (!(largest <= allowed) || otherLabels > 0)
    throw new Error(
      `${what}: off by ${largest.toExponential(2)} (allowed ${allowed.toExponential(2)}), ${(100 * otherLabels).toFixed(3)} % of labels differ`,
    );
  return largest;
}

function expectSameKl(golden: CrfGoldenCase, kl: readonly number[]): number {
  const errors = golden.iterations.map((count, i) => Math.abs(kl[count - 1]! / golden.kl[i]! - 1));
  const largest = Math.max(...errors);
  if (!(largest <= SAME_KL)) throw new Error(`the KL divergence is off by ${largest.toExponential(2)} of itself`);
  return largest;
}

/** Whose numbers an engine must have: pydensecrf's lattice, or sums over all pairs. */
const rivalOf = (engine: CrfEngine) => (engine.name === 'exact' ? 'exact' : 'reference');

function reasonToSkip(golden: CrfGoldenCase, engine: CrfEngine): string | undefined {
  if (engine.name !== 'exact') return undefined;
  const [height, width] = golden.shape;
  if (width * height > MOST_PAIRED_PIXELS) return `all pairs of ${width}×${height} pixels take too long`;
  return golden.exact === undefined ? 'the case has no exact numbers' : undefined;
}

/** The last count again with no label left out, and the KL divergence on the way there. */
async function compareAllLanes(golden: CrfGoldenCase, field: CrfField, read: ReadArray): Promise<string> {
  const iterations = Math.max(...golden.iterations);
  const problem = { ...problemOf(golden, read), iterations, tolerance: 0, diagnostics: true };
  const { marginals, kl = [] } = await field.infer(problem);
  const expected = expectedMarginals(golden, 'reference', iterations, read);
  if (expected === undefined) throw new Error(`the case has no marginals after ${iterations}`);
  const distance = distanceOf(atPixelsOf(expected, marginals, problem.labels), expected);
  const largest = expectClose('without tolerance', distance, SAME_ALGORITHM);
  return `without tolerance ${largest.toExponential(2)}, KL by ${expectSameKl(golden, kl).toExponential(1)}`;
}

async function compare(golden: CrfGoldenCase, engine: CrfEngine, field: CrfField, read: ReadArray): Promise<string> {
  const rival = rivalOf(engine);
  const problem = problemOf(golden, read);
  let [largest, beside] = [0, ''];
  for (const count of new Set([...golden.iterations, ...(golden.exact_iterations ?? [])])) {
    const [reference, exact] = (['reference', 'exact'] as const).map((of) =>
      expectedMarginals(golden, of, count, read),
    );
    const expected = rival === 'exact' ? exact : reference;
    if (expected === undefined) continue;
    const { marginals } = await field.infer({ ...problem, iterations: count });
    const actual = atPixelsOf(expected, marginals, problem.labels);
    const allowed = rival === 'exact' ? EXACTLY : SAME_ALGORITHM;
    largest = Math.max(largest, expectClose(`after ${count}`, distanceOf(actual, expected), allowed));
    if (reference && exact)
      beside = `; from exact after ${count}: ${inWords(distanceOf(actual, exact))}, the reference: ${inWords(distanceOf(reference, exact))}`;
  }
  return `off by ${largest.toExponential(2)}${rival === 'exact' ? '' : `, ${await compareAllLanes(golden, field, read)}`}${beside}`;
}

/**
 * Runs a case on an engine: `exact` must have the numbers of all pairs, any other engine those of pydensecrf.
 *
 * @returns how close they are, and how far it and pydensecrf are from the sums over all pairs.
 * @throws Error that says what differs.
 */
export async function checkCrf(golden: CrfGoldenCase, engine: CrfEngine, read: ReadArray): Promise<string | Skipped> {
  const skip = reasonToSkip(golden, engine);
  if (skip !== undefined) return { skip };
  const field = await engine.prepare(fieldOf(golden, read));
  try {
    return await compare(golden, engine, field, read);
  } finally {
    field.dispose();
  }
}

import { buffersOf, type FieldValue, type Step } from '../plan-builder.ts';
import { pixelsOf, rowBytesOf, type Buffer } from '../value.ts';
import { bandHeight, bandRows, reachesOf, type BandOptions, type Chain, type RowStep } from './chain.ts';

/** Multiply-adds for a pixel, beyond which a step does not wait for memory, but would for its weights in every band. */
const MOST_WORK = 2 ** 14;

/** How many times the bytes of a band a map has that is worth a chain. */
const LEAST_BANDS = 2;

/** The share of a chain's work that may be done twice, where strips meet. */
const MOST_REPEATED = 0.04;

const isRowStep = (step: Step | undefined): step is RowStep =>
  step !== undefined && 'rows' in step && step.rows !== undefined && step.work <= MOST_WORK * pixelsOf(step.rows.y);

const isIn = (field: FieldValue | undefined, buffer: Buffer): boolean =>
  field === buffer || (typeof field === 'object' && 'buffer' in field && field.buffer === buffer);

/** Bytes of the map from each step to the next, where nothing else reads it and both go from row to row; otherwise 0. */
function sizesBetween(steps: readonly Step[], kept: ReadonlySet<Buffer>): readonly number[] {
  const uses = new Map<Buffer, number>();
  for (const buffer of steps.flatMap(buffersOf)) uses.set(buffer, (uses.get(buffer) ?? 0) + 1);
  return steps.map((step, i) => {
    const next = steps[i + 1];
    if (!isRowStep(step) || !isRowStep(next) || !next.rows.window) return 0;
    const { buffer } = step.rows.y;
    return isIn(next.fields['x'], buffer) && uses.get(buffer) === 2 && !kept.has(buffer) ? buffer.bytes : 0;
  });
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** Whether bands are a small part of the maps, which fits if it can be less, and little is done twice. */
function isWorthwhile(chain: Chain, { strips, bytes }: BandOptions): boolean {
  const rows = bandRows(chain, bandHeight(chain, bytes));
  const isSmall = rows.every((count, i) => LEAST_BANDS * strips * count <= chain[i]!.rows.y.shape[1]);
  const fits = chain.length === 2 || sumOf(rows.map((count, i) => count * rowBytesOf(chain[i]!.rows.y))) <= bytes;
  const repeated = reachesOf(chain).map(({ extent, stride }, i) => {
    const { work, rows: map } = chain[i]!;
    return (work * (strips - 1) * (extent - stride)) / map.y.shape[1];
  });
  return isSmall && fits && sumOf(repeated) <= MOST_REPEATED * sumOf(chain.map(({ work }) => work));
}

/**
 * Joins steps to chains where large maps are in between, at the largest first.
 *
 * @param kept buffers that are read when all steps have run.
 * @returns all steps in their order, those of a chain together.
 */
export function findChains(
  steps: readonly Step[],
  kept: ReadonlySet<Buffer>,
  options: BandOptions,
): readonly (Step | Chain)[] {
  const sizes = sizesBetween(steps, kept);
  const links = [...sizes.keys()].filter((i) => sizes[i]! > LEAST_BANDS * options.bytes);
  const groups = steps.map((step) => [step]);
  for (const i of links.toSorted((a, b) => sizes[b]! - sizes[a]!)) {
    const joined = [...groups[i]!, ...groups[i + 1]!];
    if (!joined.every(isRowStep) || !isWorthwhile(joined, options)) continue;
    groups.fill(joined, i + 1 - groups[i]!.length, i + 1 + groups[i + 1]!.length);
  }
  return groups
    .filter((group, i) => group !== groups[i - 1])
    .map((group) => (group.length > 1 && group.every(isRowStep) ? group : group[0]!));
}

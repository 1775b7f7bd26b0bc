import type { Lattice } from './build-lattice.ts';
import { sharesOf } from './crew.ts';
import { ENTRY, type Axis } from './list-neighbours.ts';

/** One step of `blur`: an instance of `Step` of `assembly/`, whose fields it explains. */
export interface BlurStep {
  readonly first: number;
  readonly count: number;
  readonly to: number;
  readonly entries: number;
  readonly end: number;
  readonly before: number;
  readonly own: number;
  readonly behind: number;
}

/** For each part of the work what it does, one step after the other. All parts have ended before the next stage begins. */
export interface BlurStage {
  readonly steps: readonly (readonly BlurStep[])[];
  /** Whether parts read copies that others made; else each has room of its own. */
  readonly sharesRoom: boolean;
}

/** What a lattice is blurred by. */
type Blurred = Pick<Lattice, 'vertices' | 'groups' | 'axes'>;

/** Steps that one part takes, and how long they last, in any unit. */
interface Job {
  readonly steps: readonly BlurStep[];
  readonly cost: number;
}

/** Vertices that are blurred along several axes at once: their rows fit a core's own cache, of which there are a million bytes. */
const LEAST_BATCH = 4096;
/** Vertices of a group that is worth a step of its own. */
const LEAST_GROUP = 64;

const NOTHING = { first: 0, count: 0, to: 0, entries: 0, end: 0, before: 0, own: 0, behind: 0 } satisfies BlurStep;

/** Entries of an axis from one to another one. */
const entriesOf = ({ list }: Axis, from: number, to: number) => ({
  entries: list + ENTRY * from,
  end: list + ENTRY * to,
});

/** Entries of an axis in some groups. */
const entriesIn = ({ ends }: Axis, from: number, to: number): readonly [from: number, to: number] => [
  ends[from - 1] ?? 0,
  ends[to - 1] ?? 0,
];

/** Gives each part jobs that last about as long as those of the others, the longest first. */
function shareJobs(jobs: readonly Job[], parts: number): BlurStep[][] {
  const shares = Array.from({ length: parts }, () => ({ steps: [] as BlurStep[], cost: 0 }));
  for (const { steps, cost } of jobs.toSorted((a, b) => b.cost - a.cost)) {
    const share = shares.reduce((least, one) => (one.cost < least.cost ? one : least));
    share.steps.push(...steps);
    share.cost += cost;
  }
  return shares.map(({ steps }) => steps);
}

/** Groups that the axis leads through, one behind the other. */
function runsOf({ next }: Axis): number[][] {
  const followers = new Set(next);
  return [...next.keys()]
    .filter((group) => next[group] !== -1 && !followers.has(group))
    .map((first) => {
      const run = [first];
      for (let group = next[first]!; group !== -1; group = next[group]!) run.push(group);
      return run;
    });
}

/** Along one axis through a run of groups. Room holds three: one that was blurred, the one that is, and the one behind it. */
function blurRun(run: readonly number[], axis: Axis, groups: readonly number[], slot: number): Job {
  const firstOf = (i: number): number => groups[run[i]!]!;
  const placeOf = (i: number): number => slot * (i % 3);
  const originOf = (i: number): number => (run[i] === undefined ? 0 : placeOf(i) - firstOf(i));
  const copy = (i: number) => ({ first: firstOf(i), count: groups[run[i]! + 1]! - firstOf(i), to: placeOf(i) });
  const steps = run.map((group, i): BlurStep => ({
    ...(i + 1 < run.length ? copy(i + 1) : NOTHING),
    ...entriesOf(axis, ...entriesIn(axis, group, group + 1)),
    ...{ before: originOf(i - 1), own: originOf(i), behind: originOf(i + 1) },
  }));
  const cost = steps.reduce((sum, { count, entries, end }) => sum + count + (end - entries) / ENTRY, 0);
  return { steps: [{ ...NOTHING, ...copy(0) }, ...steps], cost };
}

/** Along several axes that do not leave the groups from one to another. */
function blurBatch([from, to]: readonly [number, number], axes: readonly Axis[], groups: readonly number[]): Job {
  const first = groups[from]!;
  const count = groups[to]! - first;
  const steps = axes.map((axis): BlurStep => ({
    ...{ first, count, to: 0, before: -first, own: -first, behind: -first },
    ...entriesOf(axis, ...entriesIn(axis, from, to)),
  }));
  return { steps, cost: steps.reduce((sum, { entries, end }) => sum + (end - entries) / ENTRY, count) };
}

/** Joins groups that follow one another to batches: from one group to another. */
function batchGroups(groups: readonly number[]): (readonly [number, number])[] {
  const batches = [];
  for (let [from, to] = [0, 1]; to < groups.length; to++) {
    if (to < groups.length - 1 && groups[to]! < groups[from]! + LEAST_BATCH) continue;
    batches.push([from, to] as const);
    from = to;
  }
  return batches;
}

/** Along one axis, from a copy of all vertices. */
function blurWhole(axis: Axis, vertices: number, parts: number): BlurStage[] {
  const copies = sharesOf(vertices, parts).map(([from, to]): BlurStep[] => [
    { ...NOTHING, first: from, count: to - from, to: from },
  ]);
  const shares = sharesOf(axis.ends.at(-1)!, parts).map(([from, to]): BlurStep[] => [
    { ...NOTHING, ...entriesOf(axis, from, to) },
  ]);
  return [copies, shares].map((steps) => ({ steps, sharesRoom: true }));
}

const staysInGroups = ({ next }: Axis): boolean => next.every((to, group) => to === group || to === -1);

/** How a lattice is blurred along each axis, in the axes' order, or the reverse, which is the transposed blur. */
export function planBlur({ vertices, groups, axes }: Blurred, parts: number, isReverse = false): BlurStage[] {
  const order = <T>(list: readonly T[]): readonly T[] => (isReverse ? list.toReversed() : list);
  const batches = batchGroups(groups);
  const slot = Math.max(...groups.map((first, i) => (groups[i + 1] ?? first) - first));
  const whole = (axis: Axis): BlurStage[] => blurWhole(axis, vertices, parts);
  const blurAcross = (axis: Axis): BlurStage[] => {
    const runs = runsOf(axis);
    if (runs.length < parts || vertices < LEAST_GROUP * groups.length) return whole(axis);
    const jobs = runs.map((run) => blurRun(run, axis, groups, slot));
    return [{ steps: shareJobs(jobs, parts), sharesRoom: false }];
  };
  const blurWithin = (list: readonly Axis[]): BlurStage[] => {
    if (batches.length < 2 * parts) return list.flatMap(whole);
    const jobs = batches.map((batch) => blurBatch(batch, list, groups));
    return [{ steps: shareJobs(jobs, parts), sharesRoom: false }];
  };
  const isInner = axes.map(staysInGroups);
  const outer = axes.filter((_, i) => !isInner[i]).map(blurAcross);
  const inner = blurWithin(order(axes.filter((_, i) => isInner[i])));
  return order([...outer, inner]).flat();
}

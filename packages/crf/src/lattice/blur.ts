import type { Arena } from '@atrous/platform/threads';
import type { Address } from './assembly.ts';
import { planBlur, type BlurStage, type BlurStep } from './blur-stages.ts';
import type { Lattice } from './build-lattice.ts';
import type { Phase } from './crew.ts';
import type { LaneBlocks } from './lane-blocks.ts';

/** Phases that blur one block of a lattice. */
export type Blur = (values: Address) => Phase[];

/** How a lattice is blurred. */
interface BlurOptions extends Pick<LaneBlocks, 'vectors' | 'rowBytes'> {
  readonly parts: number;
  /** A row of zeros. */
  readonly zeros: Address;
  /** Whether axes come in the reverse order, which is the transposed blur. */
  readonly isReverse?: boolean;
}

const FIELDS = [
  'first',
  'count',
  'to',
  'entries',
  'end',
  'before',
  'own',
  'behind',
] as const satisfies (keyof BlurStep)[];

function placeSteps(arena: Arena, steps: readonly BlurStep[]): readonly [at: Address, end: Address] {
  const words = steps.flatMap((step) => FIELDS.map((field) => step[field]));
  const at = arena.allocate(4 * words.length);
  arena.ints(at, words.length).set(words);
  return [at, at + 4 * words.length];
}

/** Rows that copies of some stages need at once. */
const roomOf = (stages: readonly BlurStage[]): number =>
  stages.flatMap(({ steps }) => steps.flat()).reduce((most, { to, count }) => Math.max(most, to + count), 0);

/** Places in memory what it takes to blur a lattice along each axis. */
export function placeBlur(
  arena: Arena,
  lattice: Lattice,
  { vectors, rowBytes, parts, zeros, isReverse = false }: BlurOptions,
): Blur {
  const stages = planBlur(lattice, parts, isReverse);
  const shared = arena.allocate(rowBytes * roomOf(stages.filter(({ sharesRoom }) => sharesRoom)));
  const bytes = rowBytes * roomOf(stages.filter(({ sharesRoom }) => !sharesRoom));
  const own = Array.from({ length: parts }, () => arena.allocate(bytes));
  const placed = stages.map(({ steps, sharesRoom }) =>
    steps.map((list, part) => ({ steps: placeSteps(arena, list), room: sharesRoom ? shared : own[part]! })),
  );
  return (values) =>
    placed.map((stage) => stage.map(({ steps, room }) => [['blur', vectors, values, ...steps, room, zeros]]));
}

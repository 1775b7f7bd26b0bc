import { ENTRY, NOBODY } from './neighbours';
import { Vectors1, Vectors2, Vectors3, Vectors4, Vectors5, Vectors6 } from './vectors';

/** One step of a blur: copies rows of a lattice, and blurs others, of which, and of whose neighbours, there are copies. */
@unmanaged
class Step {
  /** Rows that are copied: the first, how many, and where in the room for copies they go. */
  first: i32;
  count: i32;
  to: i32;
  /** Entries of a list of neighbours. */
  entries: usize;
  end: usize;
  /** Where in the room row 0 would be of the copies of those before the vertices, of their own, and of those behind them. */
  before: i32;
  own: i32;
  behind: i32;
}

function rowOf<T>(rows: usize, number: u32, zeros: usize): usize {
  return select(zeros, rows + <usize>number * offsetof<T>(), number == NOBODY);
}

/** A vertex and half of both neighbours. */
function blurred(own: v128, before: v128, behind: v128): v128 {
  return f32x4.add(own, f32x4.mul(f32x4.splat(0.5), f32x4.add(before, behind)));
}

function blurRows<T>(step: Step, values: usize, room: usize, zeros: usize): void {
  const size = <i32>offsetof<T>();
  const before = room + <usize>(step.before * size);
  const own = room + <usize>(step.own * size);
  const behind = room + <usize>(step.behind * size);
  const end = step.end;
  for (let entry = step.entries; entry < end; entry += ENTRY) {
    const offset = <usize>load<u32>(entry) * offsetof<T>();
    const row = values + offset;
    const at = own + offset;
    const left = rowOf<T>(before, load<u32>(entry, 4), zeros);
    const right = rowOf<T>(behind, load<u32>(entry, 8), zeros);
    v128.store(row, blurred(v128.load(at), v128.load(left), v128.load(right)));
    if (offsetof<T>() > 16) v128.store(row, blurred(v128.load(at, 16), v128.load(left, 16), v128.load(right, 16)), 16);
    if (offsetof<T>() > 32) v128.store(row, blurred(v128.load(at, 32), v128.load(left, 32), v128.load(right, 32)), 32);
    if (offsetof<T>() > 48) v128.store(row, blurred(v128.load(at, 48), v128.load(left, 48), v128.load(right, 48)), 48);
    if (offsetof<T>() > 64) v128.store(row, blurred(v128.load(at, 64), v128.load(left, 64), v128.load(right, 64)), 64);
    if (offsetof<T>() > 80) v128.store(row, blurred(v128.load(at, 80), v128.load(left, 80), v128.load(right, 80)), 80);
  }
}

function takeSteps<T>(values: usize, steps: usize, end: usize, room: usize, zeros: usize): void {
  for (; steps < end; steps += offsetof<Step>()) {
    const step = changetype<Step>(steps);
    const from = values + <usize>step.first * offsetof<T>();
    memory.copy(room + <usize>step.to * offsetof<T>(), from, <usize>step.count * offsetof<T>());
    blurRows<T>(step, values, room, zeros);
  }
}

/**
 * Takes some steps of blurring one block of a lattice.
 *
 * Reads copies, which are made in the order of memory and fit a core's own cache: rows are too far apart to be read from where they are.
 *
 * @param vectors of 4 lanes in a row. @param room for copies. @param zeros a row of zeros, in place of neighbours that are missing.
 */
export function blur(vectors: i32, values: usize, steps: usize, end: usize, room: usize, zeros: usize): void {
  switch (vectors) {
    case 1:
      return takeSteps<Vectors1>(values, steps, end, room, zeros);
    case 2:
      return takeSteps<Vectors2>(values, steps, end, room, zeros);
    case 3:
      return takeSteps<Vectors3>(values, steps, end, room, zeros);
    case 4:
      return takeSteps<Vectors4>(values, steps, end, room, zeros);
    case 5:
      return takeSteps<Vectors5>(values, steps, end, room, zeros);
    default:
      return takeSteps<Vectors6>(values, steps, end, room, zeros);
  }
}

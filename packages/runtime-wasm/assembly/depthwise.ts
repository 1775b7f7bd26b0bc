import { activate, clamp, highest, LAST_CLAMP, lowest } from './activate';
import { Position, Run } from './positions';
import { multiplyAdd } from './multiply-add';

/** Columns whose pixels stay in the innermost cache while all vectors of a cache line are computed. */
const TILE: i32 = 16;
const LINE: usize = 64;

/** A filter for each channel. Pitches and steps are bytes; both maps have the same pitch. */
@unmanaged
class Depthwise {
  x: usize;
  y: usize;
  /** `[tap, pitch]`. */
  weights: usize;
  biases: usize;
  activation: i32;
  imageBytes: usize;
  rowBytes: usize;
  pitch: usize;
  rowStep: usize;
  columnStep: usize;
  kernelWidth: i32;
  outHeight: i32;
  outWidth: i32;
  stride: i32;
  before: i32;
  /** A `Position` for each row of the result. */
  rows: usize;
  /** Runs of columns of the result with the same taps inside the map. */
  runs: usize;
  runsEnd: usize;
}

/** Four channels of four columns. @param x tap 0, 0 of the first, which may lie outside. @param step bytes to the next one's. */
function sumFour(op: Depthwise, rows: Position, run: Run, x: usize, step: usize, lane: usize, y: usize): void {
  const bias = v128.load(op.biases + lane);
  let s0 = bias;
  let s1 = bias;
  let s2 = bias;
  let s3 = bias;
  for (let row = rows.first; row < rows.last; row++) {
    let a0 = x + <usize>row * op.rowStep + <usize>run.first * op.columnStep;
    let weight = op.weights + lane + <usize>(row * op.kernelWidth + run.first) * op.pitch;
    for (let column = run.first; column < run.last; column++) {
      const w = v128.load(weight);
      const a1 = a0 + step;
      const a2 = a1 + step;
      s0 = multiplyAdd(v128.load(a0), w, s0);
      s1 = multiplyAdd(v128.load(a1), w, s1);
      s2 = multiplyAdd(v128.load(a2), w, s2);
      s3 = multiplyAdd(v128.load(a2 + step), w, s3);
      a0 += op.columnStep;
      weight += op.pitch;
    }
  }
  const fn = op.activation;
  if (fn > LAST_CLAMP) {
    s0 = activate(s0, fn);
    s1 = activate(s1, fn);
    s2 = activate(s2, fn);
    s3 = activate(s3, fn);
  }
  const low = lowest(fn);
  const high = highest(fn);
  v128.store(y, clamp(s0, low, high));
  v128.store(y + op.pitch, clamp(s1, low, high));
  v128.store(y + 2 * op.pitch, clamp(s2, low, high));
  v128.store(y + 3 * op.pitch, clamp(s3, low, high));
}

/** The same of one column. */
function sumOne(op: Depthwise, rows: Position, run: Run, x: usize, lane: usize, y: usize): void {
  let sum = v128.load(op.biases + lane);
  for (let row = rows.first; row < rows.last; row++) {
    let from = x + <usize>row * op.rowStep + <usize>run.first * op.columnStep;
    let weight = op.weights + lane + <usize>(row * op.kernelWidth + run.first) * op.pitch;
    for (let column = run.first; column < run.last; column++) {
      sum = multiplyAdd(v128.load(from), v128.load(weight), sum);
      from += op.columnStep;
      weight += op.pitch;
    }
  }
  v128.store(y, activate(sum, op.activation));
}

/** Four channels of columns `column … end − 1` of a run. */
function sumVector(
  op: Depthwise,
  rows: Position,
  run: Run,
  x: usize,
  y: usize,
  lane: usize,
  column: i32,
  end: i32,
): void {
  const step = <usize>op.stride * op.pitch;
  const begin = run.begin;
  for (; column < end; column += 4) {
    // the last four overlap those before
    if (column + 4 > end) {
      if (end - begin < 4) break;
      column = end - 4;
    }
    const from = x + <usize>(column * op.stride - op.before) * op.pitch + lane;
    sumFour(op, rows, run, from, step, lane, y + <usize>column * op.pitch + lane);
  }
  for (; column < end; column++) {
    const from = x + <usize>(column * op.stride - op.before) * op.pitch + lane;
    sumOne(op, rows, run, from, lane, y + <usize>column * op.pitch + lane);
  }
}

/** Rows `from … to − 1` of all images' results. Taps on padding are never multiplied. */
export function depthwise(at: usize, from: i32, to: i32): void {
  const op = changetype<Depthwise>(at);
  for (let item = from; item < to; item++) {
    const image = item / op.outHeight;
    const rows = changetype<Position>(op.rows + (item - image * op.outHeight) * offsetof<Position>());
    const x = op.x + <usize>image * op.imageBytes + <usize>rows.start * op.rowBytes;
    const y = op.y + <usize>(item * op.outWidth) * op.pitch;
    for (let runAt = op.runs; runAt < op.runsEnd; runAt += offsetof<Run>()) {
      const run = changetype<Run>(runAt);
      for (let column = run.begin; column < run.end; column += TILE) {
        const end = min(column + TILE, run.end);
        for (let line: usize = 0; line < op.pitch; line += LINE) {
          const lineEnd = min(line + LINE, op.pitch);
          for (let lane = line; lane < lineEnd; lane += 16) sumVector(op, rows, run, x, y, lane, column, end);
        }
      }
    }
  }
}

import { tile1, tile4, Window } from './tile';
import { Position, Run } from './positions';

/** A convolution, of `[n, height, width, pitch]` to `[n, outHeight, outWidth, outPitch]`. Steps and pitches are bytes. */
@unmanaged
class Conv extends Window {
  /** Rows of the filter. */
  height: i32;
  x: usize;
  y: usize;
  /** `[filters / 8, tap, channel, 8]`. */
  weights: usize;
  biases: usize;
  /** Of the shape of the result, or 0. */
  residual: usize;
  activation: i32;
  imageBytes: usize;
  rowBytes: usize;
  pitch: usize;
  stride: i32;
  before: i32;
  outHeight: i32;
  outWidth: i32;
  outPitch: usize;
  /** In whole blocks of 8. */
  filters: i32;
  /** A `Position` for each row of the result. */
  rows: usize;
  /** Runs of columns of the result with the same taps inside the map. */
  runs: usize;
  runsEnd: usize;
  /** Rows of the result whose input stays in a core's own cache. */
  block: i32;
}

/** Eight filters at one run of columns of a row. */
function convRun(op: Conv, run: Run, rows: Position, x: usize, y: usize, weights: usize, biases: usize): void {
  const step = <usize>op.stride * op.pitch;
  const fn = op.activation;
  const residual = op.residual;
  const shift = residual - op.y;
  const end = run.end;
  let column = run.begin;
  const count = end - column;
  for (; column < end; column += 4) {
    // the last tile overlaps the one before rather than being smaller
    if (column + 4 > end) {
      if (count < 4) break;
      column = end - 4;
    }
    const from = x + <usize>(column * op.stride - op.before) * op.pitch;
    const to = y + <usize>column * op.outPitch;
    const added = residual == 0 ? <usize>0 : to + shift;
    tile4(op, from, step, rows.first, rows.last, run.first, run.last, weights, biases, to, op.outPitch, added, fn);
  }
  for (; column < end; column++) {
    const from = x + <usize>(column * op.stride - op.before) * op.pitch;
    const to = y + <usize>column * op.outPitch;
    const added = residual == 0 ? <usize>0 : to + shift;
    tile1(op, from, rows.first, rows.last, run.first, run.last, weights, biases, to, added, fn);
  }
}

/** Rows `from … to − 1` of all images' results, `n · outHeight` in all. Taps on padding are never multiplied. */
export function conv(at: usize, from: i32, to: i32): void {
  const op = changetype<Conv>(at);
  const panel = op.depth * 8;
  const taps = <usize>(op.width * op.height);
  for (let block = from; block < to; block += op.block) {
    const last = min(block + op.block, to);
    for (let filter = 0; filter < op.filters; filter += 8) {
      const weights = op.weights + <usize>(filter >> 3) * taps * panel;
      const biases = op.biases + ((<usize>filter) << 2);
      for (let item = block; item < last; item++) {
        const image = item / op.outHeight;
        const rows = changetype<Position>(op.rows + (item - image * op.outHeight) * offsetof<Position>());
        const x = op.x + <usize>image * op.imageBytes + <usize>rows.start * op.rowBytes;
        const y = op.y + <usize>(item * op.outWidth) * op.outPitch + ((<usize>filter) << 2);
        for (let run = op.runs; run < op.runsEnd; run += offsetof<Run>())
          convRun(op, changetype<Run>(run), rows, x, y, weights, biases);
      }
    }
  }
}

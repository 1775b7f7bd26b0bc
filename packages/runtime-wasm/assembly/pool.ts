import { Position } from './positions';

/** The largest or the mean of each window. Pitches are bytes. */
@unmanaged
class Pool {
  x: usize;
  y: usize;
  isMean: i32;
  imageBytes: usize;
  rowBytes: usize;
  pitch: usize;
  outHeight: i32;
  outWidth: i32;
  rows: usize;
  columns: usize;
}

function largest(op: Pool, x: usize, rows: Position, columns: Position): v128 {
  let most = f32x4.splat(-f32.MAX_VALUE);
  for (let row = rows.first; row < rows.last; row++)
    for (let column = columns.first; column < columns.last; column++)
      most = f32x4.pmax(most, v128.load(x + <usize>row * op.rowBytes + <usize>column * op.pitch));
  return most;
}

function mean(op: Pool, x: usize, rows: Position, columns: Position): v128 {
  let sum = f32x4.splat(0);
  for (let row = rows.first; row < rows.last; row++)
    for (let column = columns.first; column < columns.last; column++)
      sum = f32x4.add(sum, v128.load(x + <usize>row * op.rowBytes + <usize>column * op.pitch));
  return f32x4.div(sum, f32x4.splat(<f32>(rows.count * columns.count)));
}

/** Rows `from … to − 1` of all images' results. */
export function pool(at: usize, from: i32, to: i32): void {
  const op = changetype<Pool>(at);
  for (let item = from; item < to; item++) {
    const image = item / op.outHeight;
    const rows = changetype<Position>(op.rows + (item - image * op.outHeight) * offsetof<Position>());
    const row = op.x + <usize>image * op.imageBytes + <usize>rows.start * op.rowBytes;
    let y = op.y + <usize>(item * op.outWidth) * op.pitch;
    for (let column = 0; column < op.outWidth; column++) {
      const columns = changetype<Position>(op.columns + column * offsetof<Position>());
      const x = row + <usize>columns.start * op.pitch;
      for (let lane: usize = 0; lane < op.pitch; lane += 16) {
        const value = op.isMean ? mean(op, x + lane, rows, columns) : largest(op, x + lane, rows, columns);
        v128.store(y + lane, value);
      }
      y += op.pitch;
    }
  }
}

/** Means over bins of a map. Bins are pairs of integers: where they begin, and where the next would. */
@unmanaged
class BinMeans {
  x: usize;
  y: usize;
  images: i32;
  imageBytes: usize;
  rowBytes: usize;
  pitch: usize;
  rows: usize;
  rowsEnd: usize;
  columns: usize;
  columnsEnd: usize;
}

function meanOf(op: BinMeans, x: usize, rows: usize, columns: usize): v128 {
  const top = load<i32>(rows);
  const bottom = load<i32>(rows, 4);
  const left = load<i32>(columns);
  const right = load<i32>(columns, 4);
  let sum = f32x4.splat(0);
  for (let row = top; row < bottom; row++) {
    // summed by rows, which rounds less than one long sum
    let rowSum = f32x4.splat(0);
    let from = x + <usize>row * op.rowBytes + <usize>left * op.pitch;
    for (let column = left; column < right; column++) {
      rowSum = f32x4.add(rowSum, v128.load(from));
      from += op.pitch;
    }
    sum = f32x4.add(sum, rowSum);
  }
  return f32x4.div(sum, f32x4.splat(<f32>((bottom - top) * (right - left))));
}

/** Blocks of four channels `from … to − 1`, of every bin of every image. */
export function binMeans(at: usize, from: i32, to: i32): void {
  const op = changetype<BinMeans>(at);
  let y = op.y;
  for (let image = 0; image < op.images; image++) {
    const x = op.x + <usize>image * op.imageBytes;
    for (let rows = op.rows; rows < op.rowsEnd; rows += 8)
      for (let columns = op.columns; columns < op.columnsEnd; columns += 8) {
        for (let block = from; block < to; block++)
          v128.store(y + ((<usize>block) << 4), meanOf(op, x + ((<usize>block) << 4), rows, columns));
        y += op.pitch;
      }
  }
}

/** Two neighbours along an axis and their weights. */
@unmanaged
export class Tap {
  lower: i32;
  upper: i32;
  lowerWeight: f32;
  upperWeight: f32;
}

/** A bilinear resize. Pitches are bytes. */
@unmanaged
class Resize {
  x: usize;
  y: usize;
  imageBytes: usize;
  rowBytes: usize;
  pitch: usize;
  outHeight: i32;
  outWidth: i32;
  /** A `Tap` for each row and each column of the result. */
  rows: usize;
  columns: usize;
}

/** Rows `from … to − 1` of all images' results. */
export function resize(at: usize, from: i32, to: i32): void {
  const op = changetype<Resize>(at);
  for (let item = from; item < to; item++) {
    const image = item / op.outHeight;
    const rows = changetype<Tap>(op.rows + (item - image * op.outHeight) * offsetof<Tap>());
    const x = op.x + <usize>image * op.imageBytes;
    const upper = x + <usize>rows.lower * op.rowBytes;
    const lower = x + <usize>rows.upper * op.rowBytes;
    const upperShare = f32x4.splat(rows.lowerWeight);
    const lowerShare = f32x4.splat(rows.upperWeight);
    let y = op.y + <usize>(item * op.outWidth) * op.pitch;
    for (let column = 0; column < op.outWidth; column++) {
      const columns = changetype<Tap>(op.columns + column * offsetof<Tap>());
      const left = <usize>columns.lower * op.pitch;
      const right = <usize>columns.upper * op.pitch;
      const leftShare = f32x4.splat(columns.lowerWeight);
      const rightShare = f32x4.splat(columns.upperWeight);
      for (let lane: usize = 0; lane < op.pitch; lane += 16) {
        const a = f32x4.mul(v128.load(upper + left + lane), leftShare);
        const b = f32x4.mul(v128.load(upper + right + lane), rightShare);
        const c = f32x4.mul(v128.load(lower + left + lane), leftShare);
        const d = f32x4.mul(v128.load(lower + right + lane), rightShare);
        const above = f32x4.mul(f32x4.add(a, b), upperShare);
        v128.store(y + lane, f32x4.add(above, f32x4.mul(f32x4.add(c, d), lowerShare)));
      }
      y += op.pitch;
    }
  }
}

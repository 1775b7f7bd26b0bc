/**
 * Lists row and weight of each corner of each pixel, as `slice` and `splat` read them: a row is so many bytes from the first.
 *
 * @param rows vertices `[pixels, corners]` of one kernel, and `weights` likewise.
 * @param base what is added to each vertex.
 * @param norms a factor for each pixel, or 0.
 * @param rowBytes of each vertex.
 * @param to where the first pixel's first corner goes; those of the next pixel `step` bytes further.
 */
export function listIncidences(
  rows: usize,
  weights: usize,
  corners: i32,
  base: u32,
  norms: usize,
  factor: f32,
  to: usize,
  step: usize,
  pixels: i32,
  rowBytes: u32,
): void {
  const bytes = (<usize>corners) << 2;
  const gap = step - (bytes << 1);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const scale = norms ? factor * load<f32>(norms + ((<usize>pixel) << 2)) : factor;
    for (const end = rows + bytes; rows < end; rows += 4) {
      store<u32>(to, (load<u32>(rows) + base) * rowBytes);
      store<f32>(to, scale * load<f32>(weights), 4);
      weights += 4;
      to += 8;
    }
    to += gap;
  }
}

/** Copies channels to lanes, and fills up with zeros. @param to `[pixels]`, `step` bytes apart. */
export function loadLanes(from: usize, channels: i32, pitch: usize, to: usize, step: usize, pixels: i32): void {
  const bytes = (<usize>channels) << 2;
  for (let pixel = 0; pixel < pixels; pixel++) {
    memory.fill(to + bytes, 0, step - bytes);
    for (let at: usize = 0; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
    from += pitch;
    to += step;
  }
}

/** The way back. */
export function storeLanes(from: usize, step: usize, channels: i32, to: usize, pitch: usize, pixels: i32): void {
  const bytes = (<usize>channels) << 2;
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let at: usize = 0; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
    from += step;
    to += pitch;
  }
}

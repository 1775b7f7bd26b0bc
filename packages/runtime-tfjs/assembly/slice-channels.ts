/** Copies `count` channels of every pixel. @param x where the first of them is. */
export function sliceChannels(x: usize, y: usize, pixels: i32, channels: i32, count: i32): void {
  const step = (<usize>channels) << 2;
  const row = (<usize>count) << 2;
  const whole = row & ~15;
  for (let pixel = 0; pixel < pixels; pixel++) {
    let at: usize = 0;
    for (; at < whole; at += 16) v128.store(y + at, v128.load(x + at));
    for (; at < row; at += 4) store<f32>(y + at, load<f32>(x + at));
    x += step;
    y += row;
  }
}

/** The first of the largest elements of a window, row by row, as the index of its tap. */
function firstLargest(
  x: usize,
  width: i32,
  channels: i32,
  kernelWidth: i32,
  top: i32,
  bottom: i32,
  left: i32,
  right: i32,
): u8 {
  let best: f32 = -f32.MAX_VALUE;
  let found = -1;
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) {
      const value = load<f32>(x + ((<usize>((row * width + column) * channels)) << 2));
      if (found < 0 || value > best) {
        best = value;
        found = row * kernelWidth + column;
      }
    }
  return <u8>found;
}

/** Bytes that {@link maxPoolGradient} works in. */
export function maxPoolGradientScratch(outSize: i32, width: i32, channels: i32): usize {
  return ((<usize>outSize + 7) & ~7) + ((<usize>(width * channels)) << 3);
}

/**
 * Gradient of the input of a max pool: of each window, its first largest element gets all. Sums over windows are rounded once.
 *
 * The window has at most 255 taps.
 */
export function maxPoolGradient(
  x: usize,
  dy: usize,
  dx: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  padTop: i32,
  padLeft: i32,
  scratch: usize,
): void {
  const taps = scratch;
  const outSize = batch * outHeight * outWidth * channels;
  const sums = scratch + ((<usize>outSize + 7) & ~7);
  let at = taps;
  for (let row = 0; row < batch * outHeight; row++) {
    const y = (row % outHeight) * strideY - padTop;
    const image = (row / outHeight) * height;
    for (let outX = 0; outX < outWidth; outX++) {
      const left = outX * strideX - padLeft;
      const corner = ((image + y) * width + left) * channels;
      for (let channel = 0; channel < channels; channel++) {
        const from = x + ((<usize>(corner + channel)) << 2);
        store<u8>(
          at++,
          firstLargest(
            from,
            width,
            channels,
            kernelWidth,
            max(-y, 0),
            min(height - y, kernelHeight),
            max(-left, 0),
            min(width - left, kernelWidth),
          ),
        );
      }
    }
  }
  const line = <usize>(width * channels);
  const outLine = <usize>(outWidth * channels);
  for (let row = 0; row < batch * height; row++) {
    const image = <usize>((row / height) * outHeight);
    memory.fill(sums, 0, line << 3);
    for (let ky = 0; ky < kernelHeight; ky++) {
      const reach = (row % height) + padTop - ky;
      const outY = reach / strideY;
      if (reach < 0 || outY * strideY != reach || outY >= outHeight) continue;
      let element = (image + <usize>outY) * outLine;
      for (let outX = 0; outX < outWidth; outX++)
        for (let channel = 0; channel < channels; channel++) {
          const tap = <i32>load<u8>(taps + element);
          if (tap / kernelWidth == ky) {
            const column = outX * strideX - padLeft + (tap % kernelWidth);
            const sum = sums + ((<usize>(column * channels + channel)) << 3);
            store<f64>(sum, load<f64>(sum) + <f64>load<f32>(dy + (element << 2)));
          }
          element++;
        }
    }
    for (let i: usize = 0; i < line; i++) store<f32>(dx + (i << 2), <f32>load<f64>(sums + (i << 3)));
    dx += line << 2;
  }
}

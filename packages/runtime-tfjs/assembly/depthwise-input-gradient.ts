/** Adds `dy · w` of 4 channels to every `xStep`th pixel. */
function addTap4(dy: usize, w: v128, dx: usize, step: usize, xStep: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    v128.store(dx, f32x4.add(v128.load(dx), f32x4.mul(w, v128.load(dy))));
    dy += step;
    dx += xStep;
  }
}

function addTap1(dy: usize, w: f32, dx: usize, step: usize, xStep: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    store<f32>(dx, load<f32>(dx) + w * load<f32>(dy));
    dy += step;
    dx += xStep;
  }
}

/** Gradient of the input of a depthwise convolution with filters `[kh, kw, c, 1]`. */
export function depthwiseInputGradient(
  dy: usize,
  w: usize,
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
  rateY: i32,
  rateX: i32,
  padTop: i32,
  padLeft: i32,
): void {
  const pixel = (<usize>channels) << 2;
  const xStep = pixel * <usize>strideX;
  memory.fill(dx, 0, <usize>(batch * height * width) * pixel);
  for (let row = 0; row < batch * height; row++) {
    const image = row / height;
    const below = (row % height) + padTop;
    const dxRow = dx + <usize>(row * width) * pixel;
    // a few channels at a time, so that their part of the row stays in the nearest cache for all taps
    for (let at: usize = 0; at < pixel;) {
      const wide = at + 16 <= pixel;
      for (let ky = 0; ky < kernelHeight; ky++) {
        const reach = below - ky * rateY;
        const y = reach / strideY;
        if (reach < 0 || y * strideY != reach || y >= outHeight) continue;
        const dyRow = dy + <usize>((image * outHeight + y) * outWidth) * pixel + at;
        for (let kx = 0; kx < kernelWidth; kx++) {
          const offset = kx * rateX - padLeft;
          const begin = offset >= 0 ? 0 : (strideX - 1 - offset) / strideX;
          const last = width - 1 - offset;
          const count = (last < 0 ? 0 : min(last / strideX + 1, outWidth)) - begin;
          if (count <= 0) continue;
          const from = dyRow + <usize>begin * pixel;
          const to = dxRow + <usize>(begin * strideX + offset) * pixel + at;
          const weights = w + <usize>(ky * kernelWidth + kx) * pixel + at;
          if (wide) addTap4(from, v128.load(weights), to, pixel, xStep, count);
          else addTap1(from, load<f32>(weights), to, pixel, xStep, count);
        }
      }
      at += wide ? 16 : 4;
    }
  }
}

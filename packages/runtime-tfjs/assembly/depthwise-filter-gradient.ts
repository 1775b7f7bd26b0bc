/** First output position whose tap lies in the image. */
function firstOutput(offset: i32, stride: i32): i32 {
  return offset >= 0 ? 0 : (stride - 1 - offset) / stride;
}

/** One past the last output position whose tap lies in the image. */
function endOfOutputs(offset: i32, stride: i32, size: i32, outSize: i32): i32 {
  const last = size - 1 - offset;
  return last < 0 ? 0 : min(last / stride + 1, outSize);
}

/** Adds the sum over `count` positions of `x · dy` to 16 channels of `dw`. */
function addProducts16(x: usize, xStep: usize, dy: usize, dyStep: usize, dw: usize, count: i32): void {
  let s0 = v128.load(dw);
  let s1 = v128.load(dw, 16);
  let s2 = v128.load(dw, 32);
  let s3 = v128.load(dw, 48);
  for (let i = 0; i < count; i++) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(x), v128.load(dy)));
    s1 = f32x4.add(s1, f32x4.mul(v128.load(x, 16), v128.load(dy, 16)));
    s2 = f32x4.add(s2, f32x4.mul(v128.load(x, 32), v128.load(dy, 32)));
    s3 = f32x4.add(s3, f32x4.mul(v128.load(x, 48), v128.load(dy, 48)));
    x += xStep;
    dy += dyStep;
  }
  v128.store(dw, s0);
  v128.store(dw, s1, 16);
  v128.store(dw, s2, 32);
  v128.store(dw, s3, 48);
}

function addProducts4(x: usize, xStep: usize, dy: usize, dyStep: usize, dw: usize, count: i32): void {
  let sum = v128.load(dw);
  for (let i = 0; i < count; i++) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(x), v128.load(dy)));
    x += xStep;
    dy += dyStep;
  }
  v128.store(dw, sum);
}

function addProducts1(x: usize, xStep: usize, dy: usize, dyStep: usize, dw: usize, count: i32): void {
  let sum = load<f32>(dw);
  for (let i = 0; i < count; i++) {
    sum += load<f32>(x) * load<f32>(dy);
    x += xStep;
    dy += dyStep;
  }
  store<f32>(dw, sum);
}

/** Gradient of `[kh, kw, c, 1]` depthwise filters. */
export function depthwiseFilterGradient(
  x: usize,
  dy: usize,
  dw: usize,
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
  memory.fill(dw, 0, <usize>(kernelHeight * kernelWidth) * pixel);
  for (let row = 0; row < batch * outHeight; row++) {
    const image = row / outHeight;
    const top = (row % outHeight) * strideY - padTop;
    const dyRow = dy + <usize>(row * outWidth) * pixel;
    // a few channels at a time, so that their part of both rows stays in the nearest cache for all taps
    for (let channel = 0; channel < channels;) {
      const left = channels - channel;
      const lanes = left >= 16 ? 16 : left >= 4 ? 4 : 1;
      const at = (<usize>channel) << 2;
      for (let ky = 0; ky < kernelHeight; ky++) {
        const y = top + ky * rateY;
        if (y < 0 || y >= height) continue;
        const xRow = x + <usize>((image * height + y) * width) * pixel + at;
        for (let kx = 0; kx < kernelWidth; kx++) {
          const offset = kx * rateX - padLeft;
          const begin = firstOutput(offset, strideX);
          const count = endOfOutputs(offset, strideX, width, outWidth) - begin;
          if (count <= 0) continue;
          const xAt = xRow + <usize>(begin * strideX + offset) * pixel;
          const dyAt = dyRow + <usize>begin * pixel + at;
          const dwAt = dw + <usize>(ky * kernelWidth + kx) * pixel + at;
          if (lanes == 16) addProducts16(xAt, xStep, dyAt, pixel, dwAt, count);
          else if (lanes == 4) addProducts4(xAt, xStep, dyAt, pixel, dwAt, count);
          else addProducts1(xAt, xStep, dyAt, pixel, dwAt, count);
        }
      }
      channel += lanes;
    }
  }
}

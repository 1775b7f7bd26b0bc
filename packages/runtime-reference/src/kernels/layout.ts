import { extents, inputOf, zeros, type Kernel } from '../kernel.ts';

/** Channels of all inputs, one input after the other. */
export const concat: Kernel<'concat'> = (call) => {
  const channels = extents(call.shape)[3];
  const out = zeros(call.shape);
  let offset = 0;
  for (const { data, shape } of call.inputs) {
    const own = extents(shape)[3];
    for (let i = 0; i < data.length; i++) out.data[Math.floor(i / own) * channels + offset + (i % own)] = data[i]!;
    offset += own;
  }
  return out;
};

/** Zeros around height and width. */
export const pad: Kernel<'pad'> = (call) => {
  const { data, shape } = inputOf(call);
  const [batch, height, width, channels] = extents(shape);
  const [, outHeight, outWidth] = extents(call.shape);
  const { top, left } = call.attrs.pads;
  const out = zeros(call.shape);
  for (let n = 0; n < batch; n++)
    for (let y = 0; y < height; y++) {
      const from = (n * height + y) * width * channels;
      const to = ((n * outHeight + y + top) * outWidth + left) * channels;
      out.data.set(data.subarray(from, from + width * channels), to);
    }
  return out;
};

/**
 * Spreads channels over blocks of `b × b` pixels.
 *
 * @see Shi et al. 2016, "Real-Time Single Image and Video Super-Resolution", §3.2, arXiv:1609.05158 (`crr`)
 */
export const depthToSpace: Kernel<'depthToSpace'> = (call) => {
  const { data, shape } = inputOf(call);
  const [, inHeight, inWidth, inChannels] = extents(shape);
  const [batch, height, width, channels] = extents(call.shape);
  const { blockSize: b, order } = call.attrs;
  const out = zeros(call.shape);
  let to = 0;
  for (let n = 0; n < batch; n++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const pixel = (n * inHeight + Math.floor(y / b)) * inWidth + Math.floor(x / b);
        const block = (y % b) * b + (x % b);
        for (let c = 0; c < channels; c++, to++)
          out.data[to] = data[pixel * inChannels + (order === 'crr' ? c * b * b + block : block * channels + c)]!;
      }
  return out;
};

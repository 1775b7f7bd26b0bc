import { extents, inputOf, type Kernel } from '../kernel.ts';

/** Index of the largest channel; the lowest index wins ties. */
export const argMax: Kernel<'argMax'> = (call) => {
  const { data, shape } = inputOf(call);
  const channels = extents(shape)[3];
  const ids = new Int32Array(data.length / channels);
  for (let pixel = 0; pixel < ids.length; pixel++) {
    const start = pixel * channels;
    let best = 0;
    for (let c = 1; c < channels; c++) if (data[start + c]! > data[start + best]!) best = c;
    ids[pixel] = best;
  }
  return { shape: call.shape, data: ids };
};

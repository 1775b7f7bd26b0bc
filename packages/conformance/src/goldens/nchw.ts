import { tensor, type Tensor } from '@atrous/core';

/** `[n, c, h, w]` to `[n, h, w, c]`. */
export function nchwToNhwc({ shape, data }: Tensor): Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = shape;
  const moved = new Float32Array(data.length);
  for (let image = 0; image < n; image++)
    for (let channel = 0; channel < c; channel++)
      for (let pixel = 0; pixel < h * w; pixel++)
        moved[(image * h * w + pixel) * c + channel] = data[(image * c + channel) * h * w + pixel] as number;
  return tensor(moved, [n, h, w, c]);
}

/** `[n, h, w, c]` to `[n, c, ⌈h / step⌉, ⌈w / step⌉]`, keeping every `step`th row and column. */
export function nhwcToNchw({ shape, data }: Tensor, step = 1): Tensor {
  const [n = 1, h = 1, w = 1, c = 1] = shape;
  const rows = Math.ceil(h / step);
  const columns = Math.ceil(w / step);
  const moved = new Float32Array(n * c * rows * columns);
  let to = 0;
  for (let image = 0; image < n; image++)
    for (let channel = 0; channel < c; channel++)
      for (let y = 0; y < rows; y++)
        for (let x = 0; x < columns; x++)
          moved[to++] = data[((image * h + y * step) * w + x * step) * c + channel] as number;
  return tensor(moved, [n, c, rows, columns]);
}

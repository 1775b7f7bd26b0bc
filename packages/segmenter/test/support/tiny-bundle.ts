import { createGraphBuilder, type LabelMap, type Preprocessing, type Tensor } from '@atrous/core';
import { createBundle, type Bundle } from '@atrous/weights';

/** Class 0 wins on dark pixels, then 1 on red, 2 on green, 3 on blue ones. */
export const colorLabels: LabelMap = {
  name: 'colors',
  classes: [
    { id: 0, name: 'background', color: [0, 0, 0] },
    { id: 1, name: 'red', color: [255, 0, 0] },
    { id: 2, name: 'green', color: [0, 255, 0] },
    { id: 3, name: 'blue', color: [0, 0, 255] },
  ],
};

export const plain: Preprocessing = {
  channelOrder: 'rgb',
  mean: [0, 0, 0],
  std: [255, 255, 255],
  fit: { mode: 'pad', size: [9, 9], value: 0 },
  upsample: 'alignCorners',
  enlarge: 'bilinear',
};

/** One 1×1 convolution: each class looks at its channel. `stride` lowers the resolution of the logits. */
export function tinyBundle(preprocessing: Partial<Preprocessing> = {}, stride = 1): Bundle {
  const builder = createGraphBuilder();
  const logits = builder.conv2d(builder.input(), {
    name: 'logits',
    filters: 4,
    kernel: 1,
    stride,
    useBias: true,
  });
  const weights = new Map<string, Tensor>([
    ['logits/weights', { shape: [1, 1, 3, 4], data: Float32Array.of(0, 4, 0, 0, 0, 0, 4, 0, 0, 0, 0, 4) }],
    ['logits/biases', { shape: [4], data: Float32Array.of(1, 0, 0, 0) }],
  ]);
  return createBundle({
    name: 'tiny',
    graph: builder.build({ logits }),
    weights,
    labels: colorLabels,
    preprocessing: { ...plain, ...preprocessing },
  });
}

/** An RGBA image by pixel. */
export function paint(
  width: number,
  height: number,
  color: (x: number, y: number) => readonly [number, number, number, number?],
) {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [red, green, blue, alpha = 255] = color(x, y);
      data.set([red, green, blue, alpha], (y * width + x) * 4);
    }
  return { width, height, data };
}

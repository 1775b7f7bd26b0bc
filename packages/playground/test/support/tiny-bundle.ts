import { createGraphBuilder, tensor, type LabelMap, type Tensor } from '@atrous/core';
import { createBundle, type Bundle } from '@atrous/weights';

const labels: LabelMap = {
  name: 'colours',
  classes: [
    { id: 0, name: 'background', color: [0, 0, 0] },
    { id: 1, name: 'red', color: [230, 80, 60] },
    { id: 2, name: 'green', color: [60, 180, 90] },
    { id: 3, name: 'blue', color: [70, 110, 230] },
  ],
};

/** Takes every second pixel as it is. */
const middleOfThree = (): Tensor => {
  const data = new Float32Array(3 * 3 * 3 * 3);
  for (let channel = 0; channel < 3; channel += 1) data[(4 * 3 + channel) * 3 + channel] = 1;
  return tensor(data, [3, 3, 3, 3]);
};

/** `[in, class]`: a colour class is how much its channel exceeds the other two. */
const colourWeights = tensor(Float32Array.from([0, 2, -1, -1, 0, -1, 2, -1, 0, -1, -1, 2]), [1, 1, 3, 4]);

/** A network that knows red, green and blue from everything else, so that right answers are known without it. */
export function createTinyBundle(): Bundle {
  const builder = createGraphBuilder();
  const image = builder.input({ shape: [null, null, null, 3] });
  const half = builder.conv2d(image, { name: 'half', filters: 3, kernel: 3, stride: 2 });
  const logits = builder.conv2d(half, { name: 'logits', filters: 4, kernel: 1, useBias: true });
  return createBundle({
    name: 'Colours',
    description: 'Tells red, green and blue from the rest',
    graph: builder.build({ logits }),
    weights: new Map([
      ['half/weights', middleOfThree()],
      ['logits/weights', colourWeights],
      ['logits/biases', tensor(Float32Array.from([1, 0, 0, 0]), [4])],
    ]),
    labels,
    preprocessing: {
      channelOrder: 'rgb',
      mean: [127.5, 127.5, 127.5],
      std: [127.5, 127.5, 127.5],
      fit: { mode: 'pad', size: [65, 97], value: 127.5 },
      upsample: 'alignCorners',
      enlarge: 'nearest',
    },
    provenance: { source: 'made for the tests of the playground' },
  });
}

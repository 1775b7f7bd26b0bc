import { join } from 'node:path';
import { createGraphBuilder, parametersOf, sizeOf, type Graph, type Weights } from '@atrous/core';
import { voc2012 } from '@atrous/data';
import { createBundle } from '@atrous/weights';
import { writeBundle } from '@atrous/weights/node';
import { newFolder } from './image-zoo.ts';

/** Stride 8, 21 classes, two thousand weights: runs in a millisecond. */
function tinyGraph(): Graph {
  const builder = createGraphBuilder({ outputStride: 8 });
  let x = builder.input();
  for (const [index, filters] of [8, 8, 16].entries()) {
    x = builder.conv2d(x, { name: `conv${index}`, filters, kernel: 3, stride: 2, useBias: true });
    x = builder.activation(x, 'relu6');
  }
  return builder.build({ logits: builder.conv2d(x, { name: 'logits', filters: 21, kernel: 1, useBias: true }) });
}

/** Waves instead of random numbers: the same in every run, and every class wins somewhere. */
function tinyWeights(graph: Graph): Weights {
  return new Map(
    [...parametersOf(graph).values()].map(({ name, shape }, index) => [
      name,
      { shape, data: Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i * 1.7 + index) / 3) },
    ]),
  );
}

/** Writes a bundle of a tiny VOC network into a new folder and returns its path. */
export async function writeTinyBundle(): Promise<string> {
  const graph = tinyGraph();
  const folder = join(newFolder(), 'tiny');
  const bundle = createBundle({
    name: 'tiny',
    graph,
    weights: tinyWeights(graph),
    labels: voc2012,
    preprocessing: {
      channelOrder: 'rgb',
      mean: [127.5, 127.5, 127.5],
      std: [127.5, 127.5, 127.5],
      fit: { mode: 'pad', size: [129, 129], value: 127.5 },
      upsample: 'alignCorners',
      enlarge: 'bilinear',
    },
  });
  await writeBundle(folder, bundle);
  return folder;
}

import { mobilenetV2 } from '@atrous/backbones';
import { createGraphBuilder, tensor } from '@atrous/core';
import { decodeImage } from '@atrous/data/node';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { dataFolder, largestDifference, largestMagnitude } from '@atrous/testing';
import { gluon, importWeights, readNpy } from '@atrous/weights';
import { openCheckpoint } from '@atrous/weights/node';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const data = dataFolder();
const folder = join(data ?? '', 'mobilenetv2-imagenet-bn-npy');

const MEAN = [0.485, 0.456, 0.406];
const STD = [0.229, 0.224, 0.225];

function build() {
  const builder = createGraphBuilder({ outputStride: 32 });
  const image = builder.input({ name: 'image', shape: [null, null, null, 3] });
  const backbone = mobilenetV2({ padding: 'symmetric', epsilon: 1e-5, expandFirst: true });
  const { c2, c5 } = backbone.build(builder.scope('backbone'), image);
  return builder.build({ c2: c2!.node, c5: c5!.node });
}

async function inputOf(photo: string) {
  const { data: rgba } = await decodeImage(join(folder, `reference/${photo}.input224.png`));
  const pixels = Float32Array.from({ length: 224 * 224 * 3 }, (_, i) => {
    const channel = i % 3;
    return (rgba[Math.floor(i / 3) * 4 + channel]! / 255 - MEAN[channel]!) / STD[channel]!;
  });
  return tensor(pixels, [1, 224, 224, 3]);
}

describe.skipIf(data === undefined)("MXNet's MobileNetV2 of ImageNet", () => {
  it.each(['2007_000129', '2010_001024'])('has the features that PyTorch has of %s', async (photo) => {
    const graph = build();
    const checkpoint = await openCheckpoint(join(folder, 'weights'));
    const { weights, report } = importWeights(graph, checkpoint, gluon);
    expect(report.unexpected).toEqual([]);
    using executable = await wasm().compile(graph, weights);
    const outputs = await executable.run(await inputOf(photo));
    for (const [name, file] of [
      ['c2', 'stride4_56x56x24'],
      ['c5', 'stride32_7x7x320'],
    ] as const) {
      const expected = readNpy(await readFile(join(folder, `reference/${photo}.${file}.npy`)));
      const values = expected.data as Float32Array;
      const { value } = largestDifference(outputs[name]!.data, values);
      expect(value / largestMagnitude(values)).toBeLessThan(2e-5);
    }
  });
});

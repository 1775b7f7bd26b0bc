import { createSegmenter } from '@atrous/segmenter/node';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { readBundle } from '@atrous/weights/node';
import { memory } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { picture } from './image-zoo.ts';
import { writeTinyBundle } from './tiny-bundle.ts';

/** Early calls fill caches: compiled programs, typed array pools. */
const SETTLED = 20;
const RUNS = 1000;

it(`keeps tensor count and bytes flat over ${RUNS} segmentations`, async () => {
  const bundle = await readBundle(await writeTinyBundle());
  const images = await Promise.all(
    [picture(64, 48), picture(129, 129), picture(300, 20)].map((p) => p.png().toBuffer()),
  );
  using segmenter = await createSegmenter({ bundle, runtime: wasm() });
  const used = (): { tensors: number; bytes: number } => {
    const { numTensors, numBytes } = memory();
    return { tensors: numTensors, bytes: numBytes };
  };
  let settled = used();
  for (let run = 0; run < RUNS; run++) {
    await segmenter.segment(images[run % images.length] as Buffer, { confidence: run % 2 === 0 });
    if (run === SETTLED) settled = used();
    if (run > SETTLED) expect(used()).toEqual(settled);
  }
  expect(settled.tensors).toBeGreaterThan(0);
});

import type { Preprocessing } from '@atrous/core';
import { camvid, type LabelledImage } from '@atrous/data';
import { describe, expect, it } from 'vitest';
import { openBatches } from '../../src/train/data/open-batches.ts';
import { readTrainConfig } from '../../src/train/config/read-config.ts';
import { writeTinyConfig } from './tiny-config.ts';

const prepare: Preprocessing = {
  channelOrder: 'bgr',
  mean: [30, 20, 10],
  std: [10, 10, 10],
  fit: { mode: 'multiple', of: 1, plus: 0 },
  upsample: 'alignCorners',
  enlarge: 'bilinear',
};

/** A picture of one colour and one class. */
function plain(width: number, height: number): LabelledImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) data.set([20, 20, 20, 255], i * 4);
  return { image: { width, height, data }, mask: { width, height, data: new Uint8Array(width * height).fill(3) } };
}

const samples = Array.from({ length: 9 }, (_, i) => ({ id: `${i}`, open: async () => plain(9 + i, 8) }));

describe('openBatches', () => {
  it('gives the same batch for the same step, and another for the next', async () => {
    const config = await readTrainConfig(writeTinyConfig());
    const open = () => openBatches({ labels: camvid, samples }, config, prepare);
    const [first, again, next] = await Promise.all([open().batch(4), open().batch(4), open().batch(5)]);
    expect(first.images.shape).toEqual([2, 33, 33, 3]);
    expect(first.labels.shape).toEqual([2, 33, 33]);
    expect(first).toEqual(again);
    expect(first.labels.data).not.toEqual(next.labels.data);
  });

  it('shows nothing outside of pictures: neither colour nor label, also where the data ignores none', async () => {
    const config = await readTrainConfig(writeTinyConfig());
    const { name, classes } = camvid;
    const batches = openBatches({ labels: { name, classes }, samples }, config, prepare);
    const { images, labels } = await batches.batch(0);
    expect(new Set(labels.data)).toEqual(new Set([3, batches.labels.ignoreLabel]));
    const seen = (isInside: boolean) =>
      new Set([...images.data].filter((_, i) => (labels.data[Math.floor(i / 3)] === 3) === isInside));
    expect(seen(false)).toEqual(new Set([0]));
    expect(seen(true)).toEqual(new Set([-1, 0, 1]));
  });
});

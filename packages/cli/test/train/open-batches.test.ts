import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Preprocessing } from '@atrous/core';
import { encodeMask, encodePng, openDataset } from '@atrous/data/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentationOf } from '../../src/train/data/augmentation-of.ts';
import { openTrainingBatches } from '../../src/train/data/open-batches.ts';
import { readTrainConfig } from '../../src/train/config/read-config.ts';
import { newFolder } from '../image-zoo.ts';
import { writeTinyConfig } from './tiny-config.ts';

const preprocessing: Preprocessing = {
  channelOrder: 'bgr',
  mean: [30, 20, 10],
  std: [10, 10, 10],
  fit: { mode: 'multiple', of: 1, plus: 0 },
  upsample: 'alignCorners',
  enlarge: 'bilinear',
};

let path: string;

/** Pictures of one colour and one class, of several sizes, where no value is ignored. */
beforeAll(() => {
  path = newFolder();
  for (const name of ['images', 'masks']) mkdirSync(join(path, name));
  writeFileSync(join(path, 'classes.json'), '{ "classes": ["a", "b", "c", "d"], "ignoreLabel": null }');
  for (let i = 0; i < 9; i++) {
    const [width, height] = [9 + i, 8];
    const data = new Uint8ClampedArray(width * height * 4).map((_, at) => (at % 4 === 3 ? 255 : 20));
    writeFileSync(join(path, `images/${i}.png`), encodePng({ width, height, data }));
    writeFileSync(
      join(path, `masks/${i}.png`),
      encodeMask({ width, height, data: new Uint8Array(width * height).fill(3) }),
    );
  }
});

async function open() {
  const config = await readTrainConfig(writeTinyConfig());
  const trainingSpec = { kind: 'pairs', path };
  const { labels } = await openDataset(trainingSpec);
  return openTrainingBatches({ config, labels, trainingSpec, preprocessing });
}

describe('openTrainingBatches', () => {
  it('gives the same batch for the same step, and another for the next', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    const [first, again, next] = await Promise.all([one.batch(4), other.batch(4), other.batch(5)]);
    expect(first.images.shape).toEqual([2, 33, 33, 3]);
    expect(first.labels.shape).toEqual([2, 33, 33]);
    expect(first).toEqual(again);
    expect(first.labels.data).not.toEqual(next.labels.data);
    await Promise.all([one.dispose(), other.dispose()]);
  });

  it('shows nothing outside of pictures: neither colour nor label, also where the data ignores none', async () => {
    const batches = await open();
    const { images, labels } = await batches.batch(0);
    expect(new Set(labels.data)).toEqual(new Set([3, batches.labels.ignoreLabel]));
    const seen = (isInside: boolean) =>
      new Set([...images.data].filter((_, i) => (labels.data[Math.floor(i / 3)] === 3) === isInside));
    expect(seen(false)).toEqual(new Set([0]));
    expect(seen(true)).toEqual(new Set([-1, 0, 1]));
    await batches.dispose();
  });
});

describe('augmentationOf', () => {
  const crop = { size: [33, 33], fill: [1, 2, 3], ignoreLabel: 11 } as const;
  const kinds = async (augment: object) => {
    const config = await readTrainConfig(writeTinyConfig({ augment }));
    return augmentationOf(config, crop).map(({ kind }) => kind);
  };

  it('is DeepLab’s recipe unless more is asked for', async () => {
    expect(await kinds({})).toEqual(['scale', 'crop', 'flip']);
  });

  it('has every step that is asked for', async () => {
    const all = { rotate: 10, classWeights: [1, 2], contrast: 0.2, blur: 0.5 };
    expect(await kinds(all)).toEqual(['scale', 'rotate', 'balanced-crop', 'flip', 'photometric', 'blur']);
  });
});

import { camvid, compose, createBatches, randomCrop, randomFlip, streetDataset, type Dataset } from '@atrous/data';
import { camvidDataset } from '@atrous/data/node';
import { dataFolder } from '@atrous/testing';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const normalisation = { channelOrder: 'rgb', mean: [10, 20, 30], std: [2, 4, 5] } as const;
const transform = compose(randomFlip(), randomCrop({ size: [16, 16], fill: [10, 20, 30], ignoreLabel: 11 }));

/** Pictures of one colour, 0 … count − 1, with that label. */
const plain = (count: number): Dataset => ({
  labels: camvid,
  samples: Array.from({ length: count }, (_, index) => ({
    id: String(index),
    open: async () => ({
      image: { width: 2, height: 2, data: new Uint8ClampedArray(16).fill(index) },
      mask: { width: 2, height: 2, data: new Uint8Array(4).fill(index) },
    }),
  })),
});

const idsOf = async (batches: ReturnType<typeof createBatches>, step: number): Promise<number[]> => {
  const { labels } = await batches.batch(step);
  return Array.from({ length: labels.shape[0]! }, (_, i) => labels.data[i * 4]!);
};

describe('createBatches', () => {
  it('goes through every image once an epoch, in another order each time', async () => {
    const batches = createBatches({ dataset: plain(6), normalisation, transform: compose(), batchSize: 4, seed: 5 });
    expect(batches.stepsPerEpoch).toBe(2);
    const places = (await Promise.all([0, 1, 2].map((step) => idsOf(batches, step)))).flat();
    const epochs = [places.slice(0, 6), places.slice(6)];
    for (const epoch of epochs) expect(epoch.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  it('gives a step the same batch, whatever was asked for before', async () => {
    const options = { dataset: streetDataset({ seed: 1, count: 5, width: 32, height: 24 }), normalisation, transform };
    const [one, other] = [
      createBatches({ ...options, batchSize: 2, seed: 9 }),
      createBatches({ ...options, batchSize: 2, seed: 9 }),
    ];
    await one.batch(0);
    await one.batch(7);
    expect(await one.batch(3)).toEqual(await other.batch(3));
    expect(await createBatches({ ...options, batchSize: 2, seed: 8 }).batch(3)).not.toEqual(await other.batch(3));
  });

  it('normalises in the order of channels that the network wants', async () => {
    const dataset = plain(1);
    const pixel = async (channelOrder: 'rgb' | 'bgr') => {
      const open = async () => ({
        image: { width: 1, height: 1, data: Uint8ClampedArray.of(12, 28, 40, 255) },
        mask: { width: 1, height: 1, data: Uint8Array.of(0) },
      });
      const one = { ...dataset, samples: [{ id: 'x', open }] };
      const of = { ...normalisation, channelOrder };
      const { images } = await createBatches({
        dataset: one,
        normalisation: of,
        transform: compose(),
        batchSize: 1,
        seed: 0,
      }).batch(0);
      expect(images.shape).toEqual([1, 1, 1, 3]);
      return [...images.data];
    };
    expect(await pixel('rgb')).toEqual([1, 2, 2]);
    expect((await pixel('bgr')).map((value) => Math.round(value * 100) / 100)).toEqual([15, 2, -3.6]);
  });

  it('refuses empty data sets and samples of several sizes', async () => {
    const options = { normalisation, transform: compose(), batchSize: 2, seed: 0 };
    expect(() => createBatches({ ...options, dataset: plain(0) })).toThrow(/no images/);
    const [small] = plain(1).samples;
    const mixed = {
      labels: camvid,
      samples: [small!, ...streetDataset({ seed: 1, count: 1, width: 32, height: 24 }).samples],
    };
    await expect(createBatches({ ...options, dataset: mixed }).batch(0)).rejects.toThrow(/cannot hold/);
  });
});

const data = dataFolder();

describe.skipIf(data === undefined)('camvidDataset', () => {
  it.each([
    ['train', 123],
    ['val', 34],
  ])('reads the shared %s images', async (split, count) => {
    const { labels, samples } = await camvidDataset(join(data!, 'camvid'), { split });
    expect([labels.name, samples.length]).toEqual(['camvid', count]);
    const { image, mask } = await samples[0]!.open();
    expect([image.width, image.height, mask.width, mask.height]).toEqual([480, 360, 480, 360]);
    expect(mask.data.every((id) => id <= 11)).toBe(true);
    expect(new Set(mask.data).size).toBeGreaterThan(5);
  });

  it('says what is absent', async () => {
    await expect(camvidDataset(join(data!, 'camvid'), { split: 'test' })).rejects.toMatchObject({
      code: 'DATASET_FOLDER',
    });
  });
});

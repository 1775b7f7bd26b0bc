import { createRandom, type Preprocessing } from '@atrous/core';
import { camvid, type LabelledImage } from '@atrous/data';
import { describe, expect, it } from 'vitest';
import { copyWindow, type CropTarget } from '../../src/train/data/copy-window.ts';
import { openBatches } from '../../src/train/data/open-batches.ts';
import { randomWindow } from '../../src/train/data/random-window.ts';
import { readTrainConfig } from '../../src/train/config/read-config.ts';
import { writeTinyConfig } from './tiny-config.ts';

const plain: Preprocessing = {
  channelOrder: 'rgb',
  mean: [0, 0, 0],
  std: [1, 1, 1],
  fit: { mode: 'multiple', of: 1, plus: 0 },
  upsample: 'alignCorners',
  enlarge: 'bilinear',
};

/** Red is the column times ten, green the row times ten; labels count the pixels. */
function picture(width: number, height: number): LabelledImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) data.set([(i % width) * 10, Math.floor(i / width) * 10, 7, 255], i * 4);
  return {
    image: { width, height, data },
    mask: { width, height, data: Uint8Array.from({ length: width * height }, (_, i) => i) },
  };
}

const target = (height: number, width: number): CropTarget => ({
  image: new Float32Array(height * width * 3),
  labels: new Int32Array(height * width).fill(255),
  height,
  width,
});

const reds = ({ image }: CropTarget): readonly number[] => [...image].filter((_, index) => index % 3 === 0);

describe('copyWindow', () => {
  it('copies what lies in the window, mirrored when asked', () => {
    const crop = target(2, 2);
    copyWindow(picture(4, 3), { scale: 1, top: 1, left: 1, mirrored: false }, crop, plain);
    expect(reds(crop)).toEqual([10, 20, 10, 20]);
    expect([...crop.labels]).toEqual([5, 6, 9, 10]);
    const mirrored = target(2, 2);
    copyWindow(picture(4, 3), { scale: 1, top: 1, left: 1, mirrored: true }, mirrored, plain);
    expect(reds(mirrored)).toEqual([20, 10, 20, 10]);
    expect([...mirrored.labels]).toEqual([6, 5, 10, 9]);
  });

  it('leaves mean colour and ignore label outside of the picture', () => {
    const crop = target(2, 3);
    copyWindow(picture(2, 1), { scale: 1, top: 0, left: 0, mirrored: false }, crop, plain);
    expect([...crop.labels]).toEqual([0, 1, 255, 255, 255, 255]);
    expect(reds(crop)).toEqual([0, 10, 0, 0, 0, 0]);
  });

  it('enlarges between the centres of pixels', () => {
    const crop = target(1, 4);
    copyWindow(picture(2, 1), { scale: 2, top: 0, left: 0, mirrored: false }, crop, plain);
    expect(reds(crop)).toEqual([0, 2.5, 7.5, 10]);
    expect([...crop.labels]).toEqual([0, 0, 1, 1]);
  });

  it('normalises in the order of channels that the network wants', () => {
    const crop = target(1, 1);
    const prepare = { ...plain, channelOrder: 'bgr', mean: [1, 2, 3], std: [2, 4, 8] } as const;
    copyWindow(picture(2, 2), { scale: 1, top: 1, left: 1, mirrored: false }, crop, prepare);
    expect([...crop.image]).toEqual([(7 - 1) / 2, (10 - 2) / 4, (10 - 3) / 8]);
  });
});

describe('randomWindow', () => {
  it('stays within the scaled picture', () => {
    const options = {
      cropSize: [33, 65] as [number, number],
      augment: { scale: [0.5, 2] as [number, number], flip: 0.5 },
    };
    for (let i = 0; i < 500; i++) {
      const { scale, top, left } = randomWindow(createRandom(i), [60, 90], options);
      expect(top === 0 || top + 33 <= Math.round(60 * scale)).toBe(true);
      expect(left === 0 || left + 65 <= Math.round(90 * scale)).toBe(true);
    }
  });
});

describe('openBatches', () => {
  it('gives the same batch for the same step, and another for the next', async () => {
    const config = await readTrainConfig(writeTinyConfig());
    const samples = Array.from({ length: 9 }, (_, i) => ({ id: `${i}`, open: async () => picture(9 + i, 8) }));
    const open = () => openBatches({ labels: camvid, samples }, config, plain);
    const [first, again, next] = await Promise.all([open().batch(4), open().batch(4), open().batch(5)]);
    expect(first.images.shape).toEqual([2, 33, 33, 3]);
    expect(first.labels.shape).toEqual([2, 33, 33]);
    expect(first).toEqual(again);
    expect(first.images.data).not.toEqual(next?.images.data);
  });
});

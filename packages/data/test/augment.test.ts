import { createRandom } from '@atrous/core';
import { compose, randomCrop, randomFlip, randomScale, resizeImage, type LabelledImage } from '@atrous/data';
import { describe, expect, it } from 'vitest';

/** Every pixel tells where it was: red its column, green its row, and so does its label. */
function sampleOf(width: number, height: number): LabelledImage {
  const data = new Uint8ClampedArray(width * height * 4);
  const ids = new Uint8Array(width * height);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    data.set([x, y, 0, 255], i * 4);
    ids[i] = (x + y) % 11;
  }
  return { image: { width, height, data }, mask: { width, height, data: ids } };
}

const labelOf = (red: number, green: number): number => (red + green) % 11;

/** Whether every pixel's label is still its own, where it is not filled. */
function staysTogether({ image, mask }: LabelledImage): boolean {
  return mask.data.every((id, i) => id === 255 || id === labelOf(image.data[i * 4]!, image.data[i * 4 + 1]!));
}

const FILL = [120, 115, 100] as const;

describe('randomCrop', () => {
  it('takes windows everywhere, picture and mask together', () => {
    const crop = randomCrop({ size: [5, 7], fill: FILL, ignoreLabel: 255 });
    const corners = new Set<string>();
    for (let step = 0; step < 400; step++) {
      const { image, mask } = crop(sampleOf(10, 8), createRandom(step));
      expect([image.width, image.height, mask.width, mask.height]).toEqual([7, 5, 7, 5]);
      expect(staysTogether({ image, mask })).toBe(true);
      expect(mask.data).not.toContain(255);
      corners.add(`${image.data[0]},${image.data[1]}`);
    }
    expect(corners.size).toBe(4 * 4);
  });

  it('fills up small pictures at the right and below, with labels that do not count', () => {
    const { image, mask } = randomCrop({ size: [4, 6], fill: FILL, ignoreLabel: 255 })(sampleOf(3, 2), createRandom(0));
    expect([...mask.data].map((id) => (id === 255 ? '.' : '#')).join('')).toBe('###...###...............');
    expect([...image.data.subarray(3 * 4, 4 * 4)]).toEqual([...FILL, 255]);
    expect([...image.data.subarray(23 * 4)]).toEqual([...FILL, 255]);
    expect(staysTogether({ image, mask })).toBe(true);
  });

  it('refuses sizes that are none', () => {
    expect(() => randomCrop({ size: [0, 5], fill: FILL, ignoreLabel: 255 })).toThrow(/0×5/);
  });
});

describe('randomFlip', () => {
  it('mirrors picture and mask about half of the time', () => {
    const flip = randomFlip();
    const results = Array.from({ length: 300 }, (_, step) => flip(sampleOf(5, 3), createRandom(step)));
    expect(results.every(staysTogether)).toBe(true);
    const mirrored = results.filter(({ image }) => image.data[0] === 4).length;
    expect(mirrored).toBeGreaterThan(120);
    expect(mirrored).toBeLessThan(180);
  });
});

describe('randomScale', () => {
  it('stays within its range and moves picture and mask alike', () => {
    const sides = Array.from({ length: 200 }, (_, step) => {
      const { image, mask } = randomScale([0.5, 2])(sampleOf(40, 20), createRandom(step));
      expect([mask.width, mask.height]).toEqual([image.width, image.height]);
      return image.width;
    });
    expect(Math.min(...sides)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...sides)).toBeLessThanOrEqual(80);
    expect(Math.max(...sides) - Math.min(...sides)).toBeGreaterThan(50);
  });

  it('leaves a border where it was', () => {
    const half = { ...sampleOf(40, 40) };
    for (let i = 0; i < 1600; i++) {
      half.image.data.fill(i % 40 < 20 ? 0 : 255, i * 4, i * 4 + 3);
      half.mask.data[i] = i % 40 < 20 ? 0 : 1;
    }
    for (const factor of [0.55, 1.3, 1.97]) {
      const { image, mask } = randomScale([factor, factor])(half, createRandom(1));
      const disagreeing = [...mask.data].filter((id, i) => (image.data[i * 4]! > 127 ? 1 : 0) !== id);
      expect(disagreeing.length / mask.data.length).toBeLessThan(0.03);
    }
  });
});

describe('resizeImage', () => {
  it('interpolates with half pixel centres', () => {
    const image = { width: 2, height: 1, data: Uint8ClampedArray.of(0, 0, 0, 255, 100, 200, 40, 255) };
    const { data } = resizeImage(image, [1, 4]);
    expect([0, 4, 8, 12].map((i) => data[i])).toEqual([0, 25, 75, 100]);
  });
});

describe('compose', () => {
  it('applies transforms in order, from one stream', () => {
    const both = compose(randomScale([1.5, 1.5]), randomCrop({ size: [8, 8], fill: FILL, ignoreLabel: 255 }));
    expect(both(sampleOf(6, 4), createRandom(3)).image).toMatchObject({ width: 8, height: 8 });
    expect(both(sampleOf(6, 4), createRandom(3))).toEqual(both(sampleOf(6, 4), createRandom(3)));
  });
});

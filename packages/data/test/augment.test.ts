import { createRandom } from '@atrous/core';
import {
  balancedCrop,
  compose,
  photometric,
  randomBlur,
  randomCrop,
  randomFlip,
  randomRotate,
  randomScale,
  resizeImage,
  type LabelledImage,
} from '@atrous/data';
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

describe('randomRotate', () => {
  const turn = (degrees: number) => randomRotate({ degrees, fill: FILL, ignoreLabel: 255 });

  it('turns picture and mask alike, and ignores what comes in', () => {
    const left = sampleOf(41, 41);
    for (let i = 0; i < 41 * 41; i++) {
      left.image.data.fill(i % 41 < 20 ? 0 : 250, i * 4, i * 4 + 3);
      left.mask.data[i] = i % 41 < 20 ? 0 : 1;
    }
    const { image, mask } = turn(30)(left, createRandom(4));
    const seen = [...mask.data.keys()].filter((i) => mask.data[i] !== 255);
    expect(seen.length).toBeLessThan(41 * 41);
    expect(seen.length).toBeGreaterThan(41 * 41 * 0.8);
    const disagreeing = seen.filter((i) => (image.data[i * 4]! > 125 ? 1 : 0) !== mask.data[i]);
    expect(disagreeing.length / seen.length).toBeLessThan(0.02);
    expect([...image.data.subarray(0, 4)]).toEqual([...FILL, 255]);
    expect(mask.data[0]).toBe(255);
  });

  it('turns by angles to both sides, and not at all by none', () => {
    const sample = sampleOf(9, 9);
    expect(turn(0)(sample, createRandom(1))).toBe(sample);
    // A dot at the right goes up or down.
    const rows = Array.from({ length: 60 }, (_, step) => {
      const dot = sampleOf(41, 41);
      dot.mask.data.fill(0).fill(7, 20 * 41 + 36, 20 * 41 + 39);
      const at = turn(45)(dot, createRandom(step)).mask.data.indexOf(7);
      return Math.sign(Math.floor(at / 41) - 20);
    });
    expect(rows.filter((row) => row < 0).length).toBeGreaterThan(15);
    expect(rows.filter((row) => row > 0).length).toBeGreaterThan(15);
  });

  it('has the pixels of a half turn exactly', () => {
    const half = { ...createRandom(0), uniform: (_: number | undefined, high = 1) => high };
    const sample = sampleOf(5, 4);
    const { image, mask } = turn(180)(sample, half);
    expect([...mask.data]).toEqual([...sample.mask.data].toReversed());
    expect([image.data[0], image.data[1]]).toEqual([4, 3]);
  });

  it('refuses angles that are none', () => {
    expect(() => turn(-1)).toThrow(/-1 degrees/);
    expect(() => turn(181)).toThrow(/0 to 180/);
  });
});

/** Always the same number: the end of the range that is chosen. */
const end = (which: 'low' | 'high') => ({
  ...createRandom(0),
  chance: () => true,
  uniform: (low = 0, high = 1) => (which === 'low' ? low : high),
});

describe('photometric', () => {
  const pixels = (...values: readonly number[]): LabelledImage => ({
    image: { width: values.length / 4, height: 1, data: Uint8ClampedArray.from(values) },
    mask: { width: values.length / 4, height: 1, data: new Uint8Array(values.length / 4) },
  });

  it('multiplies by the brightness, within 0 and 255', () => {
    const { image } = photometric({ brightness: 0.5 })(pixels(100, 20, 0, 255, 200, 2, 4, 9), end('high'));
    expect([...image.data]).toEqual([150, 30, 0, 255, 255, 3, 6, 9]);
  });

  it('moves towards the mean grey without contrast', () => {
    const { image } = photometric({ contrast: 1 })(pixels(0, 0, 0, 255, 200, 200, 200, 255), end('low'));
    expect([...image.data]).toEqual([100, 100, 100, 255, 100, 100, 100, 255]);
  });

  it('moves towards each pixel’s grey without saturation', () => {
    const { image } = photometric({ saturation: 1 })(pixels(255, 0, 0, 255, 0, 255, 0, 255), end('low'));
    expect([...image.data]).toEqual([76, 76, 76, 255, 150, 150, 150, 255]);
  });

  it('keeps the mask, changes each picture in another way, and nothing by default', () => {
    const sample = sampleOf(6, 5);
    expect(photometric({})(sample, createRandom(1)).image).toEqual(sample.image);
    const all = photometric({ brightness: 0.4, contrast: 0.4, saturation: 0.4 });
    const [one, other] = [all(sample, createRandom(1)), all(sample, createRandom(2))];
    expect(one.mask).toBe(sample.mask);
    expect(one.image).not.toEqual(other.image);
    expect(() => photometric({ contrast: 1.5 })).toThrow(/contrast cannot change by 1.5/);
  });
});

describe('randomBlur', () => {
  it('spreads a dot as a Gaussian does', () => {
    const dot = sampleOf(21, 21);
    dot.image.data.fill(0);
    dot.image.data[(10 * 21 + 10) * 4] = 255;
    const { image, mask } = randomBlur({ sigma: [0.5, 1] })(dot, end('high'));
    const at = (x: number, y: number): number => image.data[(y * 21 + x) * 4]!;
    // 255 / 2π in the middle of a Gaussian of width 1.
    expect(at(10, 10)).toBe(41);
    expect(at(11, 10)).toBe(Math.round(40.6 * Math.exp(-0.5)));
    expect(at(10, 9)).toBe(at(11, 10));
    expect(at(15, 10)).toBe(0);
    expect(mask).toBe(dot.mask);
  });

  it('keeps even colours to the border, and alpha', () => {
    const even = sampleOf(6, 5);
    for (let i = 0; i < 30; i++) even.image.data.set([10, 200, 30, 77], i * 4);
    expect(randomBlur({ sigma: [2, 2] })(even, end('high')).image).toEqual(even.image);
  });

  it('leaves the others as they are', () => {
    const sample = sampleOf(5, 4);
    const same = Array.from({ length: 200 }, (_, step) => randomBlur({ probability: 0.3 })(sample, createRandom(step)));
    const untouched = same.filter(({ image }) => image === sample.image).length;
    expect(untouched).toBeGreaterThan(110);
    expect(untouched).toBeLessThan(170);
    expect(() => randomBlur({ probability: 2 })).toThrow(/share of 2/);
    expect(() => randomBlur({ sigma: [0, 1] })).toThrow(/0 to 1 pixels/);
  });
});

describe('balancedCrop', () => {
  const rare = (): LabelledImage => {
    const sample = sampleOf(40, 40);
    sample.mask.data.fill(0);
    for (let y = 2; y < 5; y++) for (let x = 34; x < 38; x++) sample.mask.data[y * 40 + x] = 3;
    return sample;
  };
  const options = { size: [10, 10], fill: FILL, ignoreLabel: 255, classWeights: [1, 1, 1, 50] } as const;

  it('finds rare classes more often than windows anywhere', () => {
    const hits = (crop: ReturnType<typeof randomCrop>): number =>
      Array.from({ length: 200 }, (_, step) => crop(rare(), createRandom(step))).filter(({ mask }) =>
        mask.data.includes(3),
      ).length;
    const anywhere = hits(randomCrop(options));
    // 30 of 961 windows have it, and 47 % of the best of 20.
    expect(anywhere).toBeLessThan(20);
    expect(hits(balancedCrop({ ...options, tries: 20 }))).toBeGreaterThan(70);
  });

  it('takes the only window there is of pictures that are too small, and fills it up', () => {
    const { mask } = balancedCrop(options)(sampleOf(4, 3), createRandom(0));
    expect([mask.width, mask.height]).toEqual([10, 10]);
    expect(mask.data.filter((id) => id !== 255)).toHaveLength(12);
  });

  it('keeps picture and mask together', () => {
    expect(staysTogether(balancedCrop(options)(sampleOf(40, 40), createRandom(5)))).toBe(true);
  });

  it('refuses what cannot be weighed', () => {
    expect(() => balancedCrop({ ...options, tries: 0 })).toThrow(/best of 0/);
    expect(() => balancedCrop({ ...options, classWeights: [1, -1] })).toThrow(/at least 0/);
    expect(() => balancedCrop({ ...options, size: [0, 1] })).toThrow(/0×1/);
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

import { cornerRules, type CornerRule, type Pair, type Tensor } from '@atrous/core';
import { describe, expect, it, vi } from 'vitest';
import { energiesFromLogits } from '../src/postprocess/energies-from-logits.ts';
import { fromLogits } from '../src/postprocess/from-logits.ts';
import { createPixelKernel } from '../src/postprocess/pixel-kernel.ts';
import type { Placement } from '../src/postprocess/placement.ts';

const kernel = await createPixelKernel();
const never = () => undefined;
const nothingElse = { confidence: false, probabilities: false };

/** Smooth enough for classes to have areas, with ties and outliers in it. */
function wavyLogits(height: number, width: number, classes: number): Tensor {
  const data = new Float32Array(height * width * classes);
  for (let index = 0; index < data.length; index++) {
    const label = index % classes;
    const column = Math.floor(index / classes) % width;
    const row = Math.floor(index / classes / width);
    data[index] =
      8 * Math.sin(label * 1.7 + column * 0.9) * Math.cos(label * 0.6 - row * 1.1) + (index % 7 === 0 ? 3 : 0);
  }
  return { shape: [1, height, width, classes], data };
}

type Volume = readonly (readonly (readonly number[])[])[];

function coordinate(rule: CornerRule, index: number, from: number, to: number): number {
  if (rule === 'alignCorners') return to === 1 ? 0 : (index * (from - 1)) / (to - 1);
  if (rule === 'asymmetric') return (index * from) / to;
  const center = ((index + 0.5) * from) / to - 0.5;
  return rule === 'halfPixel' ? Math.max(center, 0) : center;
}

/** Plain bilinear interpolation that holds everything. */
function resize(volume: Volume, [height, width]: Pair, rule: CornerRule): Volume {
  const nothing = volume[0]![0]!.map(() => 0);
  const at = (y: number, x: number): readonly number[] =>
    rule === 'deconvolution'
      ? (volume[y]?.[x] ?? nothing)
      : volume[Math.min(y, volume.length - 1)]![Math.min(x, volume[0]!.length - 1)]!;
  return Array.from({ length: height }, (_, y) => {
    const row = coordinate(rule, y, volume.length, height);
    return Array.from({ length: width }, (_, x) => {
      const column = coordinate(rule, x, volume[0]!.length, width);
      const [top, left] = [Math.floor(row), Math.floor(column)];
      const [down, right] = [row - top, column - left];
      return at(top, left).map(
        (value, label) =>
          (value * (1 - right) + at(top, left + 1)[label]! * right) * (1 - down) +
          (at(top + 1, left)[label]! * (1 - right) + at(top + 1, left + 1)[label]! * right) * down,
      );
    });
  });
}

function slowly({ shape, data }: Tensor, { plan, source, upsample, enlarge }: Placement): Volume {
  const [, height, width, classes] = shape as [number, number, number, number];
  const logits = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => [
      ...data.subarray((y * width + x) * classes, (y * width + x + 1) * classes),
    ]),
  );
  const cropped = resize(logits, plan.input, upsample)
    .slice(0, plan.image[0])
    .map((row) => row.slice(0, plan.image[1]));
  if (enlarge === 'bilinear') return resize(cropped, source, 'halfPixel');
  return Array.from({ length: source[0] }, (_, y) =>
    Array.from(
      { length: source[1] },
      (_, x) =>
        cropped[Math.floor(((y + 0.5) * plan.image[0]) / source[0])]![
          Math.floor(((x + 0.5) * plan.image[1]) / source[1])
        ]!,
    ),
  );
}

const indexOfLargest = (values: readonly number[]): number => values.indexOf(Math.max(...values));

/** Labels may differ only where two classes are equally likely but for rounding. */
function expectSameLabels(labels: ArrayLike<number>, expected: Volume): void {
  const wrong = expected.flat().filter((values, index) => {
    const largest = Math.max(...values);
    return largest - values[labels[index] as number]! > 1e-9;
  });
  expect(wrong).toEqual([]);
  expect(new Set(expected.flat().map(indexOfLargest)).size).toBeGreaterThan(1);
}

const cases: readonly (readonly [string, Pair, Pair, Pair, Pair])[] = [
  ['the image as large as the input', [5, 6], [33, 41], [33, 41], [33, 41]],
  ['an image pasted at the top left', [5, 5], [33, 33], [21, 30], [21, 30]],
  ['an image that was shrunk', [5, 5], [33, 33], [22, 33], [71, 106]],
  ['an image that was stretched up', [5, 5], [33, 33], [33, 33], [10, 13]],
  ['an image of one row', [5, 5], [33, 33], [1, 33], [1, 400]],
  ['an image of one column', [5, 5], [33, 33], [33, 1], [400, 1]],
  ['logits as large as the input', [9, 11], [9, 11], [9, 11], [9, 11]],
  ['logits larger than the input', [24, 24], [9, 11], [9, 11], [18, 40]],
];

describe.each(cornerRules)('upsampled by %s', (upsample) => {
  describe.each(['bilinear', 'nearest'] as const)('enlarged by %s', (enlarge) => {
    it.each(cases)('%s: equals interpolation of everything', async (_, logitsSize, input, image, source) => {
      const logits = wavyLogits(...logitsSize, 7);
      const placement: Placement = { plan: { input, image, fill: 0 }, source, upsample, enlarge };
      const expected = slowly(logits, placement);
      const fast = await fromLogits(kernel, logits, placement, nothingElse, never);
      expectSameLabels(fast.labels, expected);
      const full = await fromLogits(kernel, logits, placement, { confidence: true, probabilities: true }, never);
      expectSameLabels(full.labels, expected);

      const softmax = expected.flat().flatMap((values) => {
        const powers = values.map((value) => Math.exp(value));
        const sum = powers.reduce((a, b) => a + b);
        return powers.map((power) => power / sum);
      });
      const probabilities = full.probabilities as Float32Array;
      expect(probabilities.length).toBe(softmax.length);
      expect(
        Math.max(...softmax.map((value, index) => Math.abs(value - (probabilities[index] as number)))),
      ).toBeLessThan(1e-7);
      full.labels.forEach((label, index) =>
        expect((full.confidence as Float32Array)[index]).toBe(probabilities[index * 7 + label]),
      );

      const confident = await fromLogits(kernel, logits, placement, { confidence: true, probabilities: false }, never);
      expectSameLabels(confident.labels, expected);
      const difference = full.labels.map((_, index) =>
        Math.abs((confident.confidence as Float32Array)[index]! - (full.confidence as Float32Array)[index]!) > 1e-7
          ? 1
          : 0,
      );
      expect(difference.indexOf(1)).toBe(-1);

      const energies = await energiesFromLogits(kernel, logits, placement, never);
      const negated = expected.flat().flatMap((values) => values.map((value) => Math.max(...values) - value));
      expect(energies.length).toBe(negated.length);
      expect(Math.max(...negated.map((value, index) => Math.abs(value - energies[index]!)))).toBeLessThan(1e-5);
    });
  });
});

describe('fromLogits', () => {
  const placement: Placement = {
    plan: { input: [1, 1], image: [1, 1], fill: 0 },
    source: [1, 1],
    upsample: 'alignCorners',
    enlarge: 'bilinear',
  };

  it('gives the first of classes that tie', async () => {
    const logits = { shape: [1, 1, 1, 4], data: Float32Array.of(0, 2, 2, 1) };
    expect([...(await fromLogits(kernel, logits, placement, nothingElse, never)).labels]).toEqual([1]);
  });

  it('uses 16 bits per label when there are more than 256 classes', async () => {
    const label = async (classes: number) => {
      const data = new Float32Array(classes);
      data[classes - 1] = 1;
      return (await fromLogits(kernel, { shape: [1, 1, 1, classes], data }, placement, nothingElse, never)).labels;
    };
    expect(await label(256)).toEqual(Uint8Array.of(255));
    expect(await label(257)).toEqual(Uint16Array.of(256));
  });

  it('survives logits that no exponential can take', async () => {
    const logits = { shape: [1, 1, 1, 2], data: Float32Array.of(3e38, -3e38) };
    const { confidence, probabilities } = await fromLogits(
      kernel,
      logits,
      placement,
      { confidence: true, probabilities: true },
      never,
    );
    expect(confidence).toEqual(Float32Array.of(1));
    expect(probabilities).toEqual(Float32Array.of(1, 0));
  });

  it.each([NaN, Infinity])('refuses logits with %s in them', async (value) => {
    const logits = { shape: [1, 1, 1, 2], data: Float32Array.of(0, value) };
    await expect(fromLogits(kernel, logits, placement, nothingElse, never)).rejects.toMatchObject({
      code: 'NOT_FINITE',
    });
  });

  it('says what is missing where WebAssembly is not allowed', async () => {
    const refused = new Error('refused by the content security policy');
    vi.spyOn(WebAssembly, 'compile').mockRejectedValueOnce(refused);
    await expect(createPixelKernel()).rejects.toMatchObject({ code: 'NO_SIMD', cause: refused });
  });

  it('gives small probabilities to the last bit or two of 32', async () => {
    for (let x = 0; x < 85; x += 0.137) {
      const logits = { shape: [1, 1, 1, 3], data: Float32Array.of(1, 1 - x, 1 - x / 2) };
      const [a = 0, b = 0, c = 0] = logits.data;
      const sum = 1 + Math.exp(b - a) + Math.exp(c - a);
      const wanted = { confidence: false, probabilities: true };
      const { probabilities } = await fromLogits(kernel, logits, placement, wanted, never);
      expect(Math.abs(probabilities![1]! / (Math.exp(b - a) / sum) - 1)).toBeLessThan(2 ** -23);
      expect(Math.abs(probabilities![2]! / (Math.exp(c - a) / sum) - 1)).toBeLessThan(2 ** -23);
    }
  });
});

import type { Preprocessing, Tensor } from '@atrous/core';
import { decodePng } from '@atrous/data';
import { dataFolder } from '@atrous/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planFit } from '../src/fit/plan-fit.ts';
import { toInput } from '../src/fit/to-input.ts';
import { rgbaPixels } from '../src/sources/rgba-pixels.ts';
import { tensorPixels } from '../src/sources/tensor-pixels.ts';
import { paint, plain } from './support/tiny-bundle.ts';

const never = () => undefined;
const unscaled: Preprocessing = { ...plain, std: [1, 1, 1] };

function pixel({ shape, data }: Tensor, y: number, x: number): number[] {
  const from = (y * (shape[2] as number) + x) * 3;
  return [...data.subarray(from, from + 3)];
}

describe('planFit', () => {
  it('pastes what fits unscaled, shrinks the rest to the canvas, keeps at least a pixel', () => {
    const fit = { mode: 'pad', size: [513, 513], value: 127.5 } as const;
    expect(planFit(fit, [375, 500])).toEqual({ input: [513, 513], image: [375, 500], fill: 127.5 });
    expect(planFit(fit, [600, 512]).image).toEqual([513, 438]);
    expect(planFit(fit, [513, 513]).image).toEqual([513, 513]);
    expect(planFit(fit, [1, 4000]).image).toEqual([1, 513]);
  });

  it('stretches to the size, whatever the shape', () => {
    expect(planFit({ mode: 'stretch', size: [257, 129] }, [10, 4000])).toMatchObject({
      input: [257, 129],
      image: [257, 129],
    });
  });

  it('brings each side to the nearest multiple, at most the longest side', () => {
    const side = (size: readonly [number, number], maxSide?: number) =>
      planFit({ mode: 'multiple', of: 16, plus: 1, maxSide }, size).input;
    expect(side([375, 500])).toEqual([369, 497]);
    expect(side([1, 1])).toEqual([17, 17]);
    expect(side([1000, 2000], 513)).toEqual([257, 513]);
    expect(side([2000, 1500], 520)).toEqual([513, 385]);
    expect(() => side([100, 100], 16)).toThrow(expect.objectContaining({ code: 'FIT' }));
  });
});

describe('toInput', () => {
  it('pads at the right and at the bottom, then normalises', async () => {
    const image = paint(2, 1, (x) => (x === 0 ? [10, 20, 30] : [255, 0, 127]));
    const { tensor } = await toInput(
      rgbaPixels(image),
      {
        ...plain,
        mean: [127.5, 127.5, 127.5],
        std: [127.5, 127.5, 127.5],
        fit: { mode: 'pad', size: [2, 3], value: 255 },
      },
      never,
    );
    expect(tensor.shape).toEqual([1, 2, 3, 3]);
    expect(pixel(tensor, 0, 0)).toEqual([10, 20, 30].map((value) => Math.fround(value / 127.5 - 1)));
    expect(pixel(tensor, 0, 2)).toEqual([1, 1, 1]);
    expect(pixel(tensor, 1, 0)).toEqual([1, 1, 1]);
  });

  it('orders channels as asked; mean and standard deviation are in that order', async () => {
    const image = paint(1, 1, () => [10, 20, 30]);
    const options: Preprocessing = {
      ...unscaled,
      channelOrder: 'bgr',
      mean: [1, 2, 3],
      std: [1, 2, 1],
      fit: { mode: 'stretch', size: [1, 1] },
    };
    expect(pixel((await toInput(rgbaPixels(image), options, never)).tensor, 0, 0)).toEqual([29, 9, 7]);
  });

  it('puts transparent pixels on white', async () => {
    const image = paint(3, 1, (x) => [100, 0, 200, [0, 255, 51][x] as number]);
    const fit = { mode: 'stretch', size: [1, 3] } as const;
    const { tensor } = await toInput(rgbaPixels(image), { ...unscaled, fit }, never);
    expect([...tensor.data]).toEqual([255, 255, 255, 100, 0, 200, 224, 204, 244]);
  });

  it('leaves the fractions of a tensor alone when nothing is resized', async () => {
    const pixels = tensorPixels({ shape: [1, 1, 2, 3], data: Float32Array.of(0.5, 1.25, 2, 3, 4, 254.75) });
    const { tensor } = await toInput(pixels, { ...unscaled, fit: { mode: 'stretch', size: [1, 2] } }, never);
    expect([...tensor.data]).toEqual([0.5, 1.25, 2, 3, 4, 254.75]);
  });
});

const data = dataFolder();

describe.skipIf(data === undefined)('against Pillow', () => {
  it('shrinks a picture to the last bit', async () => {
    const read = (path: string) => decodePng(readFileSync(join(data as string, path)));
    const source = read('images/grace_hopper.png');
    const expected = read('deeplabv3-mnv2-dm05-portrait/reference/grace_hopper.input.png');
    const { tensor, plan } = await toInput(
      rgbaPixels(source),
      { ...unscaled, fit: { mode: 'pad', size: [513, 513], value: 0 } },
      never,
    );
    expect(plan.image).toEqual([expected.height, expected.width]);
    let different = 0;
    for (let y = 0; y < expected.height; y++)
      for (let x = 0; x < expected.width; x++) {
        const from = (y * expected.width + x) * 4;
        if (pixel(tensor, y, x).some((value, channel) => value !== expected.data[from + channel])) different++;
      }
    expect(different).toBe(0);
  });
});

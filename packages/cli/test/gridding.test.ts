import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { NetworkDescription } from '../src/describe/describe-graph.ts';
import { newFolder } from './image-zoo.ts';
import { pluginFile } from './plugin-file.ts';
import { atrous } from './run-atrous.ts';

/** A stem of stride 8, then 3×3 convolutions at the rates given, then a classifier. */
const rated = (rates: readonly number[]): readonly string[] => {
  const source = `
    const make = () => ({
      kind: 'backbone', name: 'rated', options: {},
      build(builder, image) {
        const stem = builder.conv2d(image, { name: 'stem', filters: 4, kernel: 3, stride: 8, nominal: true });
        const last = ${JSON.stringify(rates)}.reduce(
          (x, atrousRate, i) => builder.conv2d(x, { name: 'rate' + i, filters: 4, kernel: 3, atrousRate }), stem);
        return { c2: builder.feature(stem), c5: builder.feature(last) };
      },
    });
    export const rated = Object.assign(make, { kind: 'backbone', description: 'Rates', defaults: {} });
    Object.defineProperty(rated, 'name', { value: 'rated' });`;
  const head = '{"name":"aspp","atrousRates":[],"imagePooling":"none"}';
  return ['--plugin', pluginFile(source), 'describe', 'deeplabv3', '--backbone', 'rated', '--set', `head=${head}`];
};

const describeRates = async (rates: readonly number[], ...argv: readonly string[]) => {
  const { code, stdout, stderr } = await atrous([...rated(rates), '--set', 'outputStride=8', '--json', ...argv]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as NetworkDescription;
};

describe('warnings of describe', () => {
  it('names the layers whose rates share a factor', async () => {
    const { warnings } = await describeRates([1, 2, 2, 4], '--size', '129');
    expect(warnings).toEqual([
      {
        kind: 'gridding',
        layers: ['backbone/rate1', 'backbone/rate2', 'backbone/rate3'],
        atrousRates: [2, 2, 4],
        factor: 2,
        message: expect.stringContaining('multiples of 2, 2 (2 times), 4;') as string,
      },
    ]);
  });

  it('has none for rates that fill each other', async () => {
    expect((await describeRates([1, 2, 5], '--size', '129')).warnings).toEqual([]);
  });

  it('tells the share of taps on the map, and warns where only one is left', async () => {
    const { layers, warnings } = await describeRates([9, 1], '--size', '65');
    const taps = Object.fromEntries(layers.map(({ name, tapsOnMap }) => [name, tapsOnMap]));
    expect(taps['backbone/rate0']).toBeCloseTo(1 / 9, 12);
    expect(taps).toMatchObject({ 'backbone/rate1': undefined });
    expect(warnings).toMatchObject([
      { kind: 'tapsLost', layer: 'backbone/rate0', atrousRate: [9, 9], mapSize: [9, 9], kernelLeft: [1, 1] },
    ]);
  });

  it('prints them after the sums', async () => {
    const { stdout } = await atrous([...rated([9]), '--set', 'outputStride=8', '--size', '65']);
    expect(stdout).toMatch(/\nwarning +rate too large: at rate 9 on a map of 9x9, the 3x3 convolution .* is a 1x1/);
    expect(stdout).toMatch(/backbone\/rate0 .* 11\.1 %/);
  });
});

it('describe tells how much of the field of view matters', async () => {
  const { effectiveField } = await describeRates([2, 2, 2], '--size', '129');
  // Of 7 × 7 units that are seen the corners carry too little; each unit reads 3 × 3 pixels, 8 apart.
  expect(effectiveField).toMatchObject({ layer: 'logits', box: [99, 99], side: Math.sqrt(45 * 9) });
  expect(effectiveField.coverage).toBeCloseTo((7 * 3) ** 2 / 99 ** 2, 12);
});

describe('describe --gridding', () => {
  it('draws what a unit sees of the image and of the map before the rates', async () => {
    const path = join(newFolder(), 'gridding.svg');
    await describeRates([2, 2, 2], '--size', '129', '--gridding', path);
    const svg = readFileSync(path, 'utf8');
    expect(svg).toMatch(/^<svg /);
    expect(svg).toContain('before the rates: backbone/stem');
    // 7 of 13 rows and columns.
    expect(svg).toContain('sees 29.0 % of 13 × 13 units, 71.0 % are holes');
    expect(svg).toContain('gridding: from backbone/rate0 to backbone/rate2');
  });

  it('paints holes in no colour of the heat map', async () => {
    const path = join(newFolder(), 'gridding.svg');
    await describeRates([2, 2, 2], '--size', '129', '--gridding', path);
    const [, second = ''] = [...readFileSync(path, 'utf8').matchAll(/base64,([^"]+)"/g)].map(([, data]) => data);
    const { data, info } = await sharp(Buffer.from(second, 'base64')).raw().toBuffer({ resolveWithObject: true });
    // 17 rows of 13 and a margin of two on each side.
    const zoom = info.width / 17;
    const colorAt = (row: number, column: number) => {
      const at = (Math.floor((row + 0.5) * zoom) * info.width + Math.floor((column + 0.5) * zoom)) * info.channels;
      return [...data.subarray(at, at + 3)];
    };
    expect(colorAt(8, 8)).toEqual([253, 231, 37]);
    expect(colorAt(8, 9)).toEqual([236, 236, 236]);
    expect(colorAt(0, 0)).toEqual([236, 236, 236]);
    expect(colorAt(2, 2)).not.toEqual([236, 236, 236]);
  });

  it('follows the unit of another layer, and writes PNG by its name', async () => {
    const path = join(newFolder(), 'gridding.png');
    await describeRates([2, 2, 2], '--size', '129', '--gridding', path, '--layer', 'backbone/stem');
    expect((await sharp(path).metadata()).format).toBe('png');
  });

  it.each([
    [['--gridding', 'gridding.gif'], '--gridding writes .svg or .png'],
    [['--gridding', 'gridding.svg', '--layer', 'nope'], 'no layer "nope"'],
  ])('exits with 2 for %j', async (argv, expected) => {
    const result = await atrous([...rated([2]), '--size', '65', '--set', 'outputStride=8', ...argv], {
      cwd: newFolder(),
    });
    expect(result).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(expected) as string });
  });
});

import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '@atrous/core';
import { decodeMask, encodeMask } from '@atrous/data';
import { borderDistances } from '@atrous/metrics';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TuningReport } from '../../src/crf-tune/tune.ts';
import { newFolder } from '../image-zoo.ts';
import { atrous } from '../run-atrous.ts';
import { writeTinyBundle } from '../tiny-bundle.ts';

const [WIDTH, HEIGHT] = [20, 16];
const IMAGES = ['a', 'b', 'c'];

/** Pictures of a square of another colour, their truth, and label maps with a fifth of the pixels wrong. */
async function writeSquares(): Promise<{ readonly dataset: string; readonly predictions: string }> {
  const [dataset, predictions] = [newFolder(), newFolder()];
  for (const folder of ['JPEGImages', 'SegmentationClass']) mkdirSync(join(dataset, folder));
  for (const [at, name] of IMAGES.entries()) {
    const random = createRandom(at, 'squares');
    const truth = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, pixel) => {
      const [x, y] = [pixel % WIDTH, Math.floor(pixel / WIDTH)];
      return x > 3 + at && x < 13 + at && y > 3 && y < 12 ? 15 : 0;
    });
    const colors = Uint8Array.from(truth, () => 0);
    const rgb = Buffer.from([...colors].flatMap((_, pixel) => (truth[pixel] === 15 ? [220, 60, 40] : [30, 80, 190])));
    await sharp(rgb, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toFile(join(dataset, 'JPEGImages', `${name}.jpg`));
    const wrong = truth.map((label) => (random.chance(0.2) ? random.pick([0, 15]) : label));
    const files = { [join(dataset, 'SegmentationClass')]: truth, [predictions]: wrong };
    for (const [folder, data] of Object.entries(files))
      writeFileSync(join(folder, `${name}.png`), encodeMask({ width: WIDTH, height: HEIGHT, data }));
  }
  return { dataset, predictions };
}

/** A grid of two settings, few iterations. */
const QUICK = [
  ...['--bilateral-weight', '0.001,4', '--bilateral-xy-std', '10', '--bilateral-rgb-std', '20'],
  ...['--rounds', '1', '--folds', '3', '--iterations', '3', '--confidence', '0.7', '--border-width', '0'],
];

describe('crf-tune', () => {
  let squares: Awaited<ReturnType<typeof writeSquares>>;
  let argv: readonly string[];
  beforeAll(async () => {
    squares = await writeSquares();
    argv = ['crf-tune', '--dataset', squares.dataset, '--predictions', squares.predictions, ...QUICK];
  });
  const newLog = (): string => join(newFolder(), 'logs/tune.jsonl');
  const tune = async (log: string, ...more: readonly string[]): Promise<TuningReport> => {
    const { code, stdout, stderr } = await atrous([...argv, '--log', log, '--json', ...more]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout) as TuningReport;
  };

  it('finds the setting that corrects label maps, and says how good it is on other pictures', async () => {
    const report = await tune(newLog());
    expect(report).toMatchObject({
      images: 3,
      iterations: 3,
      gaussianWeight: 3,
      best: { bilateralWeight: 4, bilateralXyStd: 10, bilateralRgbStd: 20 },
    });
    expect(report.withoutCrf).toBeLessThan(0.85);
    expect(report.best.score).toBeGreaterThan(0.95);
    expect(report.crossValidated).toBe(report.best.score);
    expect(report.folds.map(({ images, bilateralWeight }) => [images, bilateralWeight])).toEqual([
      [1, 4],
      [1, 4],
      [1, 4],
    ]);
    expect(report.settings.map(({ bilateralWeight }) => bilateralWeight)).toEqual([4, 0.001]);
  });

  it('finds the same on several threads', async () => {
    expect(await tune(newLog(), '--crf-threads', '2')).toEqual(await tune(newLog()));
  });

  it('trusts label maps less near their borders when it is told so', async () => {
    const predictions = newFolder();
    for (const name of IMAGES) {
      const truth = decodeMask(readFileSync(join(squares.dataset, 'SegmentationClass', `${name}.png`)));
      const distances = borderDistances(truth.data, truth.width);
      const shrunk = truth.data.map((label, pixel) => (distances[pixel]! <= 1 ? 0 : label));
      writeFileSync(join(predictions, `${name}.png`), encodeMask({ ...truth, data: shrunk }));
    }
    const scoreAt = async (...flags: readonly string[]): Promise<number> =>
      (await tune(newLog(), '--predictions', predictions, '--confidence', '0.99', '--bilateral-weight', '20', ...flags))
        .best.score;
    const everywhere = await scoreAt();
    expect(await scoreAt('--border-width', '2', '--border-confidence', '0.99')).toBeCloseTo(everywhere, 6);
    expect(await scoreAt('--border-width', '2', '--border-confidence', '0.01')).toBeGreaterThan(everywhere + 0.1);
  });

  it('measures near borders with --metric trimap', async () => {
    const [near, all] = [await tune(newLog(), '--metric', 'trimap', '--trimap-width', '1.5'), await tune(newLog())];
    expect(near.withoutCrf).not.toBe(all.withoutCrf);
    expect(near.best.score).toBeGreaterThan(near.withoutCrf);
  });

  it('prints the settings, the folds, and the scores before and after', async () => {
    const { code, stdout } = await atrous([...argv, '--log', newLog()]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^bilateralWeight +bilateralXyStd +bilateralRgbStd +mean IoU\n +4 +10 +20 +9\d\.\d\d %\n/);
    expect(stdout).toMatch(/chosen without some of the images, and scored on those\n.+score\n( +4 +10 +20 +1 .+\n){3}/);
    expect(stdout).toMatch(/mean IoU, over 3 images\n.*\n?without the CRF +\d/);
    expect(stdout).toMatch(/cross-validated +9\d\.\d\d %/);
    expect(stdout).toContain(
      'the best bilateralWeight, 4, is the greatest that was tried: greater ones may be better\n',
    );
    expect(stdout).not.toContain('the best bilateralXyStd');
    const [, flags = ''] = /^for .+: (--crf .+)$/m.exec(stdout) ?? [];
    expect(flags).toContain('--crf-set bilateralWeight=4 --crf-set bilateralXyStd=10');
    const used = ['evaluate', await writeTinyBundle(), '--dataset', squares.dataset, ...flags.split(' '), '--json'];
    const parameters = { bilateralRgbStd: 20, gaussianWeight: 3, gaussianXyStd: 3, iterations: 3 };
    const evaluated = await atrous(used);
    expect(evaluated).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(evaluated.stdout)).toMatchObject({ crf: parameters });
  });

  it('goes on from its log, whose last line may be cut off, and measures nothing twice', async () => {
    const log = newLog();
    const first = await tune(log);
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    expect(lines.length).toBe(1 + IMAGES.length * 3);
    expect(await tune(log)).toEqual(first);
    expect(readFileSync(log, 'utf8').trimEnd().split('\n')).toEqual(lines);
    writeFileSync(log, `${lines.slice(0, 6).join('\n')}\n`);
    appendFileSync(log, lines[6]!.slice(0, 20));
    expect(await tune(log)).toEqual(first);
    expect(readFileSync(log, 'utf8').trimEnd().split('\n').toSorted()).toEqual(lines.toSorted());
    expect((await atrous([...argv, '--log', log])).stdout).toContain('going on from 9 measurements');
  });

  it('keeps what it measured when it is interrupted', async () => {
    const log = newLog();
    const controller = new AbortController();
    const bars = { isTTY: true, signal: controller.signal };
    const running = atrous([...argv, '--log', log, '--iterations', '2000'], bars);
    while (measurements(log) < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    expect((await running).code).toBe(130);
    expect(measurements(log)).toBeGreaterThanOrEqual(1);
    expect(measurements(log)).toBeLessThan(9);
  });

  it('tunes for a network', { timeout: 60_000 }, async () => {
    const { dataset } = squares;
    const flags = ['--dataset', dataset, ...QUICK, '--limit', '1', '--log', newLog(), '--json'];
    const { code, stdout } = await atrous(['crf-tune', await writeTinyBundle(), ...flags]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ source: 'tiny', images: 1, crossValidated: null, folds: [] });
  });

  it('refuses the log of another tuning, and files that are no log', async () => {
    const log = newLog();
    await tune(log);
    for (const [flags, file, expected] of [
      [['--iterations', '4'], log, 'holds the measurements of another tuning'],
      [['--border-width', '1'], log, 'holds the measurements of another tuning'],
      [[], join(squares.dataset, 'other.json'), 'is no file of measurements'],
    ] as const) {
      writeFileSync(join(squares.dataset, 'other.json'), '{"mine":1}\n');
      const before = readFileSync(file, 'utf8');
      const result = await atrous([...argv, ...flags, '--log', file]);
      expect(result).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(expected) as string });
      expect(readFileSync(file, 'utf8')).toBe(before);
    }
  });

  it.each([
    [['--bilateral-weight', '0'], 'greater than 0'],
    [['--bilateral-xy-std', '1,,2'], 'not a number'],
    [['--metric', 'f1'], 'Allowed choices are miou, trimap'],
    [['--rounds', '0'], 'at least 1'],
    [['--bundle', 'x'], 'takes the place of a network'],
    [['--predictions', 'nowhere'], 'has no label map of any picture'],
  ])('exits with 2 for %j', async (flags, expected) => {
    const result = await atrous([...argv, ...flags, '--log', newLog()]);
    expect(result).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(expected) as string });
  });
});

/** Measurements in a log that may not be there yet. */
function measurements(log: string): number {
  try {
    return readFileSync(log, 'utf8').split('\n').filter(Boolean).length - 1;
  } catch {
    return 0;
  }
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeMask } from '@atrous/data';
import { dataFolder } from '@atrous/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Scores } from '../src/evaluate/scores.ts';
import { newFolder, picture } from './image-zoo.ts';
import { atrous } from './run-atrous.ts';
import { writeTinyBundle } from './tiny-bundle.ts';

type EvaluationJson = Scores & { readonly model: string; readonly images: number };

let bundle: string;
beforeAll(async () => {
  bundle = await writeTinyBundle();
});

const HEIGHT = 80;
const widths = { a: 157, b: 158, c: 159 };

/** Three pictures. The truth of two is what the network says, that of `c` is nothing but background. */
async function writeDataset(): Promise<string> {
  const root = newFolder();
  for (const folder of ['JPEGImages', 'SegmentationClass']) mkdirSync(join(root, folder));
  for (const [name, width] of Object.entries(widths)) {
    const image = join(root, 'JPEGImages', `${name}.jpg`);
    await picture(width, HEIGHT).jpeg().toFile(image);
    const mask = join(root, 'SegmentationClass', `${name}.png`);
    await atrous(['segment', image, '--bundle', bundle, '--mask', '--out', mask]);
  }
  const data = new Uint8Array(widths.c * HEIGHT);
  writeFileSync(join(root, 'SegmentationClass/c.png'), encodeMask({ width: widths.c, height: HEIGHT, data }));
  return root;
}

const evaluate = async (...argv: readonly string[]): Promise<EvaluationJson> => {
  const { code, stdout, stderr } = await atrous(['evaluate', ...argv, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as EvaluationJson;
};

describe('evaluate', () => {
  it('scores all pixels of a data set together', async () => {
    const dataset = await writeDataset();
    const perfect = await evaluate(bundle, '--dataset', dataset, '--limit', '2');
    expect(perfect).toMatchObject({
      model: 'tiny',
      images: 2,
      pixelAccuracy: 1,
      meanAccuracy: 1,
      frequencyWeightedIou: 1,
    });
    expect(perfect.meanIou).toMatchObject({ 'exclude-both': 1, 'exclude-truth': 1 });
    expect(perfect.meanIou.zero).toBeLessThan(1);
    const all = await evaluate(bundle, '--dataset', `voc:${dataset}`);
    expect(all.images).toBe(3);
    expect(all.classes.reduce((sum, { pixels }) => sum + pixels, 0)).toBe((157 + 158 + 159) * HEIGHT);
    expect(all.pixelAccuracy).toBeLessThan(1);
    expect(all.pixelAccuracy).toBeGreaterThanOrEqual((157 + 158) / (157 + 158 + 159));
  });

  it('prints classes that occur, and every mean with its convention', async () => {
    const { code, stdout } = await atrous(['evaluate', '--bundle', bundle, '--dataset', await writeDataset()]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^tiny, on wasm\nclass +IoU +accuracy +pixels in truth\n/);
    for (const name of ['exclude-truth', 'exclude-both', 'zero'])
      expect(stdout).toMatch(new RegExp(`mean IoU, .+ \\(${name}\\) +\\d+\\.\\d %`));
    expect(stdout).toMatch(/over 3 images/);
  });

  it('names a mask that does not fit, and exits with 1', async () => {
    const dataset = await writeDataset();
    writeFileSync(
      join(dataset, 'SegmentationClass/b.png'),
      encodeMask({ width: 2, height: 1, data: new Uint8Array(2) }),
    );
    const { code, stdout, stderr } = await atrous(['evaluate', bundle, '--dataset', dataset]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/b\.jpg is 158×80, its mask .+b\.png 2×1.+\[IMAGE_SIZE\]/);
  });

  it.each([
    [['--dataset', 'coco:x'], 2, 'known: street, voc, camvid, cityscapes'],
    [['--dataset', 'street'], 2, 'the data set has the 11 of "camvid"'],
    [['--dataset', 'voc:'], 2, 'names no folder'],
    [['--dataset', 'missing'], 1, '[DATASET_FOLDER]'],
    [['--dataset', 'x', '--limit', '0'], 2, 'at least 1'],
    [[], 2, '--dataset'],
    [['--dataset', 'x', '--bundle', 'y'], 2, 'two networks given'],
    [['--dataset', 'x', '--set', 'numClasses=2'], 2, 'is a bundle'],
  ])('%j exits with %i', async (flags, code, expected) => {
    const result = await atrous(['evaluate', bundle, ...flags]);
    expect(result).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(expected) as string });
  });
});

const data = dataFolder();
describe.skipIf(data === undefined)('evaluate, published networks on 24 pictures of VOC', () => {
  const percent = (share: number | null): number => 100 * (share ?? Number.NaN);
  const onVoc = (checkpoint: string) =>
    evaluate('--checkpoint', join(data ?? '', checkpoint), '--dataset', join(data ?? '', 'voc2012'));

  it('DeepLab v3, MobileNetV2', { timeout: 300_000 }, async () => {
    const scores = await onVoc('deeplabv3-mnv2-voc-npy/weights');
    expect(scores.images).toBe(24);
    expect(Math.abs(percent(scores.meanIou['exclude-truth']) - 77.7)).toBeLessThanOrEqual(0.1);
    expect(Math.abs(percent(scores.meanIou['exclude-both']) - 73.1)).toBeLessThanOrEqual(0.1);
    expect(Math.abs(percent(scores.pixelAccuracy) - 96.8)).toBeLessThanOrEqual(0.1);
  });

  it('DeepLab v3, MobileNetV2 of half the width', { timeout: 300_000 }, async () => {
    const scores = await onVoc('deeplabv3-mnv2-dm05-voc-257/deeplabv3_257_mv_gpu.tflite');
    expect(Math.abs(percent(scores.meanIou['exclude-truth']) - 52.2)).toBeLessThanOrEqual(0.1);
  });
});

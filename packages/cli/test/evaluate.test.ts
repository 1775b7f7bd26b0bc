import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeMask } from '@atrous/data';
import { dataFolder } from '@atrous/testing';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Evaluation } from '../src/evaluate/evaluate-dataset.ts';
import { newFolder, picture } from './image-zoo.ts';
import { atrous } from './run-atrous.ts';
import { writeTinyBundle } from './tiny-bundle.ts';

type EvaluationJson = Evaluation & { readonly model: string; readonly images: number };

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
    expect(stdout).toMatch(/^tiny, on (simd|onnx)\nclass +IoU +accuracy +pixels in truth\n/);
    for (const name of ['exclude-truth', 'exclude-both', 'zero'])
      expect(stdout).toMatch(new RegExp(`mean IoU, .+ \\(${name}\\) +\\d+\\.\\d %`));
    expect(stdout).toMatch(/over 3 images/);
  });

  it('scores near borders: wider bands hold narrower ones, and the truth itself is perfect in all', async () => {
    const dataset = await writeDataset();
    const near = ['--trimap', '1-3,40', '--boundary-f1'];
    const perfect = await evaluate(bundle, '--dataset', dataset, '--limit', '2', ...near);
    expect(perfect.trimap?.map(({ width }) => width)).toEqual([1, 2, 3, 40]);
    for (const { meanIou, pixelAccuracy } of perfect.trimap ?? [])
      expect({ iou: meanIou['exclude-both'], pixelAccuracy }).toEqual({ iou: 1, pixelAccuracy: 1 });
    expect(perfect.boundaryF1).toMatchObject({ tolerance: 0.0075, mean: 1 });
    const sizes = perfect.trimap?.map(({ pixels }) => pixels) ?? [];
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect(sizes.at(-1)).toBeLessThanOrEqual((157 + 158) * HEIGHT);
    // The truth of c has no border at all, so no band has pixels of it, and the network's contours have no counterpart.
    const all = await evaluate(bundle, '--dataset', dataset, ...near);
    expect(all.trimap).toEqual(perfect.trimap);
    expect(all.boundaryF1?.mean).toBeCloseTo(2 / 3, 12);
    expect(all.boundaryF1?.classes.map(({ images }) => images).every((images) => images <= 3)).toBe(true);
  });

  it('prints and plots them when they are wanted only', async () => {
    const dataset = await writeDataset();
    const plot = join(newFolder(), 'plots/trimap.svg');
    const argv = ['evaluate', bundle, '--dataset', dataset];
    const { stdout } = await atrous([...argv, '--trimap', '2, 10', '--boundary-f1', '--svg', plot]);
    expect(stdout).toMatch(/class +IoU +accuracy +boundary F1 +pixels in truth\n/);
    expect(stdout).toMatch(/boundary F1, mean over images +66\.7 %/);
    expect(stdout).toMatch(/mean IoU near borders\nwithin pixels of a border +exclude-truth .+\n +2 .+\n +10 /);
    const svg = readFileSync(plot, 'utf8');
    for (const text of ['Near borders, tiny', 'mean IoU', 'pixel accuracy', 'width of the band, pixels'])
      expect(svg).toContain(text);
    expect(await sharp(Buffer.from(svg)).metadata()).toMatchObject({ width: 760, height: 460 });
    expect(svg).not.toContain('without the CRF');
    const plain = await evaluate(bundle, '--dataset', dataset, '--limit', '1');
    expect(plain).not.toHaveProperty('trimap');
    expect(plain).not.toHaveProperty('boundaryF1');
  });

  it('scores the bands with the CRF and without it, and draws both', async () => {
    const dataset = await writeDataset();
    const near = ['--dataset', dataset, '--trimap', '1-3'];
    const crf = ['--crf', '--crf-set', 'bilateralWeight=30', '--crf-set', 'bilateralRgbStd=200'];
    const before = await evaluate(bundle, ...near);
    const after = await evaluate(bundle, ...near, ...crf);
    expect(after.trimapWithoutCrf).toEqual(before.trimap);
    expect(after.trimap).not.toEqual(before.trimap);
    expect(before).not.toHaveProperty('trimapWithoutCrf');
    const plot = join(newFolder(), 'trimap.svg');
    const { stdout } = await atrous(['evaluate', bundle, ...near, ...crf, '--svg', plot]);
    expect(stdout).toMatch(/pixels +exclude-both without the CRF +pixel accuracy without it\n/);
    const svg = readFileSync(plot, 'utf8');
    for (const text of ['mean IoU without the CRF', 'the CRF deeplab-v2 with bilateralWeight 30, bilateralRgbStd 200'])
      expect(svg).toContain(text);
  });

  it('refuses to plot into a folder before it evaluates', async () => {
    const folder = newFolder();
    const result = await atrous(['evaluate', bundle, '--dataset', 'missing', '--trimap', '1', '--svg', folder]);
    expect(result).toMatchObject({ code: 1, stderr: expect.stringContaining('it is a folder') as string });
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
    [['--dataset', 'x', '--svg', 'plot.svg'], 2, 'add --trimap'],
    [[], 2, '--dataset'],
    [['--dataset', 'x', '--bundle', 'y'], 2, 'two networks given'],
    [['--dataset', 'x', '--set', 'numClasses=2'], 2, 'is a bundle'],
  ])('%j exits with %i', async (flags, code, expected) => {
    const result = await atrous(['evaluate', bundle, ...flags]);
    expect(result).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(expected) as string });
  });
});

it.each(['0', '', 'a', '5-2', '1,', '-3', '1-9999', '1-2.5', 'Infinity'])(
  'takes no trimap of width "%s"',
  async (widths) => {
    const { code, stderr } = await atrous(['evaluate', '--dataset', 'x', `--trimap=${widths}`]);
    expect(code).toBe(2);
    expect(stderr).toContain('looks like 1,2,5,10 or 1-40');
  },
);

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

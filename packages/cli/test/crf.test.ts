import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crfPresets } from '@atrous/crf';
import { decodeMask } from '@atrous/data';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { createSegmenter } from '@atrous/segmenter/node';
import { readBundle } from '@atrous/weights/node';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Evaluation } from '../src/evaluate/evaluate-dataset.ts';
import { newFolder, picture } from './image-zoo.ts';
import { atrous } from './run-atrous.ts';
import { writeTinyBundle } from './tiny-bundle.ts';

let bundle: string;
let root: string;
let photo: string;
beforeAll(async () => {
  bundle = await writeTinyBundle();
  root = newFolder();
  for (const folder of ['JPEGImages', 'SegmentationClass']) mkdirSync(join(root, folder));
  photo = join(root, 'JPEGImages/a.jpg');
  await picture(90, 60).jpeg().toFile(photo);
});

const stronger = ['--crf-set', 'bilateralWeight=9', '--crf-set', 'bilateralRgbStd=[20,20,20]'];

async function json<T>(...argv: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await atrous([...argv, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as T;
}

/** Labels that `atrous segment` writes. */
async function labelsOf(...flags: readonly string[]): Promise<readonly number[]> {
  const mask = join(newFolder(), 'mask.png');
  await json('segment', photo, '--bundle', bundle, '--mask', '--out', mask, ...flags);
  return [...decodeMask(readFileSync(mask)).data];
}

describe('--crf', () => {
  it('writes the labels that the segmenter gives with these parameters', async () => {
    using segmenter = await createSegmenter({ bundle: await readBundle(bundle), runtime: wasm() });
    const plain = await segmenter.segment(photo);
    const usual = await segmenter.segment(photo, { crf: 'deeplab-v2' });
    const other = await segmenter.segment(photo, {
      crf: { preset: 'deeplab-v1', bilateralWeight: 9, bilateralRgbStd: 20 },
    });
    expect(usual.labels).not.toEqual(plain.labels);
    expect(other.labels).not.toEqual(usual.labels);
    expect(await labelsOf()).toEqual([...plain.labels]);
    expect(await labelsOf('--crf')).toEqual([...usual.labels]);
    expect(await labelsOf('--crf', 'deeplab-v1', ...stronger)).toEqual([...other.labels]);
  });

  it('gives the same on several threads', async () => {
    expect(await labelsOf('--crf', '--crf-threads', '2')).toEqual(await labelsOf('--crf'));
  });

  it('says on standard error when the usual engine does not work here', async () => {
    const validate = vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    const small = join(newFolder(), 'small.png');
    await picture(20, 15).png().toFile(small);
    const { stderr } = await atrous(['segment', small, '--bundle', bundle, '--crf', '--json']);
    validate.mockRestore();
    expect(stderr).toContain('note: the CRF runs on "exact": "lattice" does not work here');
  });

  it('says in JSON what was used, and how long it took', async () => {
    const { crf, images } = await json<{ crf: object; images: readonly { timings: Record<string, number> }[] }>(
      ...['segment', photo, '--bundle', bundle, '--crf', '--crf-set', 'iterations=2'],
    );
    expect(crf).toEqual({ preset: 'deeplab-v2', iterations: 2 });
    expect(Object.keys(images[0]?.timings ?? {})).toEqual(['preprocess', 'run', 'postprocess', 'crf']);
  });

  it('scores what segment writes with the same flags', async () => {
    const flags = ['--crf', 'deeplab-v1', ...stronger];
    const mask = join(root, 'SegmentationClass/a.png');
    await json('segment', photo, '--bundle', bundle, '--mask', '--out', mask, ...flags);
    const evaluate = ['evaluate', bundle, '--dataset', root];
    const refined = await json<Evaluation & { crf: object }>(...evaluate, ...flags);
    expect(refined).toMatchObject({ pixelAccuracy: 1, crf: { preset: 'deeplab-v1', bilateralWeight: 9 } });
    expect((await json<Evaluation>(...evaluate)).pixelAccuracy).toBeLessThan(1);
    const { stdout } = await atrous([...evaluate, '--crf', 'deeplab-v1', ...stronger]);
    expect(stdout).toMatch(
      /^tiny and the CRF deeplab-v1 with bilateralWeight 9, bilateralRgbStd \[20,20,20\], on (simd|onnx)\n/,
    );
  });

  it.each([
    [['--crf', 'deeplab-v9'], 'known: deeplab-v1, deeplab-v2, pydensecrf-example'],
    [['--crf-set', 'iterations=2'], 'hint: add --crf'],
    [['--crf-threads', '2'], 'hint: add --crf'],
    [['--crf', '--crf-threads', '17'], 'a whole number from 1 to 16'],
    [['--crf', '--crf-set', 'xyStd=3'], 'known: bilateralXyStd'],
    [['--crf', '--crf-set', 'bilateralXyStd=0'], 'greater than 0, or [x, y]'],
    [['--crf', '--crf-set', 'bilateralRgbStd=[1,2]'], 'or [r, g, b]'],
    [['--crf', '--crf-set', 'iterations=1.5'], 'a whole number'],
    [['--crf', '--crf-set', 'normalization=some'], 'symmetric, before, after or none'],
    [['--crf', '--crf-set', 'tolerance=2'], 'from 0 to 1'],
  ])('refuses %j before it works', async (flags, expected) => {
    for (const command of [
      ['segment', 'missing.jpg', '--bundle', bundle],
      ['evaluate', bundle, '--dataset', 'missing'],
    ])
      expect(await atrous([...command, ...flags])).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining(expected) as string,
      });
  });

  it.each(['segment', 'evaluate'])('is explained by the help of %s, with every preset', async (command) => {
    const { stdout } = await atrous([command, '--help']);
    for (const name of [
      ...Object.keys(crfPresets),
      ...Object.keys(crfPresets['deeplab-v2']),
      '--crf-set',
      '--crf-threads',
    ])
      expect(stdout).toContain(name);
  });
});

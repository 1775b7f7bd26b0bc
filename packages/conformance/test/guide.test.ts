import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { decodePng } from '@atrous/data';
import { dataFolder, runSnippet } from '@atrous/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const guide = fileURLToPath(new URL('../../../docs/guides/from-photo-to-labels.md', import.meta.url));
const data = dataFolder();

describe.skipIf(data === undefined)('the guide from photo to labels', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'atrous-guide-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('runs as it is typed', async () => {
    const printed = await runSnippet(guide, {
      'deeplabv3_257_mv_gpu.tflite': join(data!, 'deeplabv3-mnv2-dm05-voc-257/deeplabv3_257_mv_gpu.tflite'),
      'photo.jpg': join(data!, 'voc2012/JPEGImages/2007_000129.jpg'),
      'overlay.png': join(folder, 'overlay.png'),
    });
    const classes = printed.slice(1).map((line) => line.split(' ')[0]);
    expect(classes).toContain('bicycle');
    expect(classes).toContain('person');
    const overlay = decodePng(new Uint8Array(await readFile(join(folder, 'overlay.png'))));
    expect([overlay.width, overlay.height]).toEqual([334, 500]);
  });
});

it('runs the guide about runtimes as it is typed', async () => {
  const path = (from: string): string => fileURLToPath(new URL(`../../../${from}`, import.meta.url));
  const bundle = JSON.stringify(pathToFileURL(path('packages/street/bundle')).href);
  const printed = await runSnippet(path('docs/guides/where-it-runs.md'), {
    'streetBundle()': `streetBundle({ from: ${bundle} })`,
  });
  expect(printed).toEqual([expect.stringMatching(/^\d+ classes, on (simd|onnx)$/)]);
});

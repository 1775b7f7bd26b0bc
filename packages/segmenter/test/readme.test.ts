import { decodePng, encodePng } from '@atrous/data';
import { runReadmeSnippet } from '@atrous/testing';
import { writeBundle } from '@atrous/weights/node';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { paint, tinyBundle } from './support/tiny-bundle.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segmenter-readme-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('runs the snippet of the README', async () => {
  const at = (name: string): string => join(folder, name);
  await writeBundle(at('voc'), tinyBundle());
  await writeFile(at('photo.png'), encodePng(paint(8, 4, (x) => (x < 3 ? [0, 0, 0] : [0, 255, 0]))));
  const printed = await runReadmeSnippet(fileURLToPath(new URL('..', import.meta.url)), {
    'models/voc': at('voc'),
    'photo.jpg': at('photo.png'),
    'overlay.png': at('overlay.png'),
  });
  expect(printed).toEqual(['green 62.5 %', 'background 37.5 %']);
  expect(decodePng(await readFile(at('overlay.png')))).toMatchObject({ width: 8, height: 4 });
});

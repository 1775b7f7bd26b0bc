import { encodePng } from '@atrous/data';
import { referenceRuntime } from '@atrous/runtime-reference';
import { createSegmenter, type NodeImageSource } from '@atrous/segmenter/node';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { paint, tinyBundle } from './support/tiny-bundle.ts';

const picture = paint(3, 2, (x) => (x === 1 ? [255, 0, 0] : [0, 0, 255]));
const png = encodePng(picture);
let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segmenter-'));
  path = join(folder, 'picture with spaces.png');
  await writeFile(path, png);
});
afterAll(() => rm(folder, { recursive: true }));

async function segment(source: NodeImageSource) {
  using segmenter = await createSegmenter({ bundle: tinyBundle(), runtime: referenceRuntime() });
  return segmenter.segment(source);
}

it.each<[string, () => NodeImageSource]>([
  ['a path', () => path],
  ['a URL of a file', () => pathToFileURL(path)],
  ['the bytes of a file', () => Buffer.from(png)],
  ['an ArrayBuffer', () => new Uint8Array(png).buffer],
  ['a Blob', () => new Blob([png])],
  ['an image', () => picture],
])('takes %s', async (_, source) => {
  expect((await segment(source())).labels).toEqual(Uint8Array.of(3, 1, 3, 3, 1, 3));
});

it.each<[string, () => NodeImageSource, string]>([
  ['a file that is not there', () => join(folder, 'none.png'), 'IMAGE_FILE'],
  ['bytes that are no image', () => new Uint8Array(100), 'IMAGE_FORMAT'],
  ['an address', () => new URL('https://example.com/photo.jpg'), 'SOURCE_UNKNOWN'],
])('refuses %s', async (_, source, code) => {
  await expect(segment(source())).rejects.toMatchObject({ name: 'DataError', code });
});

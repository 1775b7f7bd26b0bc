import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { brokenImages, goodImages, newFolder, picture, writeFiles } from './image-zoo.ts';
import { atrous } from './run-atrous.ts';
import { writeTinyBundle } from './tiny-bundle.ts';

interface SegmentJson {
  readonly images: readonly {
    readonly input: string;
    readonly width?: number;
    readonly height?: number;
    readonly legend?: readonly { readonly pixels: number }[];
    readonly error?: { readonly code: string; readonly message: string };
  }[];
}

let bundle: string;
beforeAll(async () => {
  bundle = await writeTinyBundle();
});

const segment = (inputs: readonly string[], ...flags: readonly string[]) =>
  atrous(['segment', ...inputs, '--bundle', bundle, '--backend', 'reference', ...flags]);

const everyFileBelow = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String).sort() : [];

describe('segment, on pictures of every kind', () => {
  it('labels each at its own size', async () => {
    const images = await goodImages();
    const out = newFolder();
    const { code, stdout, stderr } = await segment([writeFiles(images)], '--mask', '--out', out, '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const results = (JSON.parse(stdout) as SegmentJson).images;
    const byName = new Map(results.map((result) => [result.input.split('/').at(-1), result]));
    for (const { name, width, height } of images) {
      const result = byName.get(name);
      expect({ name, width: result?.width, height: result?.height }).toEqual({ name, width, height });
      expect(result?.legend?.reduce((sum, { pixels }) => sum + pixels, 0)).toBe(width * height);
    }
    for (const file of everyFileBelow(out)) expect(file).toMatch(/\.mask\.png$/);
    expect(everyFileBelow(out)).toHaveLength(images.length);
  });

  it('labels a photo of 24 megapixels', async () => {
    const folder = newFolder();
    await picture(6000, 4000).jpeg().toFile(join(folder, 'large.jpg'));
    const out = join(folder, 'large.png');
    expect(await segment([join(folder, 'large.jpg')], '--mask', '--out', out)).toMatchObject({ code: 0, stderr: '' });
    expect(await sharp(out).metadata()).toMatchObject({ width: 6000, height: 4000 });
  });
});

describe('segment, on broken input', () => {
  it('reports each broken image, does the others, and exits with 1', async () => {
    const [first] = await goodImages();
    const folder = writeFiles([
      ...(await brokenImages()),
      { name: 'good.jpg', bytes: first?.bytes ?? Buffer.alloc(0) },
    ]);
    const out = newFolder();
    const { code, stdout, stderr } = await segment([folder, join(folder, 'missing.jpg')], '--out', out, '--json');
    expect(code).toBe(1);
    const results = (JSON.parse(stdout) as SegmentJson).images;
    const codes = results.map(({ input, error }) => [
      input.split('/').at(-1),
      error !== undefined && error.code !== '',
    ]);
    expect(Object.fromEntries(codes)).toEqual({
      'cut.jpg': true,
      'cut.png': true,
      'empty.png': true,
      'text.jpg': true,
      'missing.jpg': true,
      'good.jpg': false,
    });
    expect(everyFileBelow(out)).toEqual(['good.overlay.png']);
    expect(stderr).not.toContain('    at ');
  });

  it('prints message, code and hint of a single broken image, and writes nothing', async () => {
    for (const { name, bytes } of await brokenImages()) {
      const folder = writeFiles([{ name, bytes }]);
      const result = await segment([join(folder, name)], '--out', join(folder, 'out/x.png'));
      expect(result).toMatchObject({ code: 1, stdout: '' });
      expect(result.stderr).toMatch(/^error: .+ \[[A-Z_]+\]\n/);
      expect(everyFileBelow(folder)).toEqual([name]);
    }
  });

  it('refuses a folder without images', async () => {
    const folder = writeFiles([{ name: 'notes.txt', bytes: Buffer.from('x') }]);
    expect(await segment([folder])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('[NO_IMAGES]') as string,
    });
  });

  it('finds out that it cannot write before it starts', async () => {
    const [first] = await goodImages();
    const folder = writeFiles([{ name: 'good.jpg', bytes: first?.bytes ?? Buffer.alloc(0) }]);
    writeFileSync(join(folder, 'file'), 'in the way');
    mkdirSync(join(folder, 'taken.png'));
    for (const out of ['file', 'file/x.png', 'file/deep/x.png']) {
      const result = await segment([join(folder, 'good.jpg')], '--out', join(folder, out));
      expect(result).toMatchObject({ code: 1, stderr: expect.stringContaining('[OUTPUT]') as string });
    }
    expect(everyFileBelow(folder)).toEqual(['file', 'good.jpg', 'taken.png']);
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('in the way');
  });

  it('stops on abort without a partial file', async () => {
    const images = await goodImages();
    const out = newFolder();
    const signal = AbortSignal.abort();
    const result = await atrous(['segment', writeFiles(images), '--bundle', bundle, '--out', out], { signal });
    expect(result).toMatchObject({ code: 130, stderr: expect.stringContaining('interrupted') as string });
    expect(everyFileBelow(out)).toEqual([]);
  });
});

import { decodeImage, decodePng, encodePng, type RgbaImage } from '@atrous/data/node';
import { dataFolder } from '@atrous/testing';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, describe, expect, it, vi } from 'vitest';

const data = dataFolder();

const solid = (width: number, height: number, color: { r: number; g: number; b: number }) =>
  sharp({ create: { width, height, channels: 3, background: color } });
const orange = { r: 250, g: 120, b: 40 };

/** Colour of a pixel. */
const at = ({ width, data }: RgbaImage, x: number, y: number) => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];
const near = (color: readonly number[], expected: readonly number[], tolerance: number) =>
  expected.every((value, i) => Math.abs(value - color[i]!) <= tolerance);

describe('decodeImage', () => {
  it('puts transparent pixels on white', async () => {
    const image = { width: 3, height: 1, data: Uint8ClampedArray.of(10, 20, 30, 0, 10, 20, 30, 255, 0, 0, 0, 128) };
    const decoded = await decodeImage(encodePng(image));
    expect(at(decoded, 0, 0)).toEqual([255, 255, 255, 255]);
    expect(at(decoded, 1, 0)).toEqual([10, 20, 30, 255]);
    expect(near(at(decoded, 2, 0), [127, 127, 127, 255], 1)).toBe(true);
  });

  it('gives grey images three equal channels', async () => {
    const bytes = await solid(4, 3, orange).greyscale().png().toBuffer();
    const decoded = await decodeImage(bytes);
    const [red, green, blue, alpha] = at(decoded, 2, 2);
    expect([green, blue, alpha]).toEqual([red, red, 255]);
    expect(decoded).toMatchObject({ width: 4, height: 3 });
    expect(decodePng(bytes)).toEqual(decoded);
  });

  it.each([['rgb16', 3] as const, ['grey16', 1] as const])('reduces 16 bits to 8: %s', async (space, channels) => {
    const samples = Uint16Array.from({ length: 6 * channels }, (_, i) => i * 3001 + 77);
    const bytes = await sharp(samples, { raw: { width: 3, height: 2, channels } })
      .toColourspace(space)
      .png()
      .toBuffer();
    expect((await sharp(bytes).metadata()).depth).toBe('ushort');
    const decoded = await decodeImage(bytes);
    const expected = Array.from({ length: 6 }, (_, i) =>
      channels === 3 ? [0, 1, 2].map((c) => samples[3 * i + c]! >> 8) : [0, 1, 2].map(() => samples[i]! >> 8),
    ).flatMap((color) => [...color, 255]);
    expect([...decoded.data]).toEqual(expected);
    expect(decodePng(bytes)).toEqual(decoded);
  });

  it('turns CMYK into sRGB', async () => {
    const bytes = await solid(8, 8, orange).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(bytes).metadata()).space).toBe('cmyk');
    expect(near(at(await decodeImage(bytes), 4, 4), [250, 120, 40, 255], 40)).toBe(true);
  });

  it('applies wide-gamut profiles', async () => {
    const bytes = await solid(8, 8, orange).withIccProfile('p3').png().toBuffer();
    expect(at(decodePng(bytes), 4, 4)).not.toEqual([250, 120, 40, 255]);
    expect(near(at(await decodeImage(bytes), 4, 4), [250, 120, 40, 255], 2)).toBe(true);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('shows EXIF orientation %i upright', async (orientation) => {
    const [width, height] = [3, 2];
    const level = (x: number, y: number) => 40 * (y * width + x) + 10;
    // Which side of the upright picture the stored first row and first column are (EXIF 2.32, table 6).
    const [firstRow, firstColumn] = (
      [
        ['top', 'left'],
        ['top', 'right'],
        ['bottom', 'right'],
        ['bottom', 'left'],
        ['left', 'top'],
        ['right', 'top'],
        ['right', 'bottom'],
        ['left', 'bottom'],
      ] as const
    )[orientation - 1]!;
    const isTransposed = firstRow === 'left' || firstRow === 'right';
    const [rows, columns] = isTransposed ? [width, height] : [height, width];
    const stored = Array.from({ length: rows * columns }, (_, i) => {
      const row =
        firstRow === 'bottom' || firstRow === 'right' ? rows - 1 - Math.floor(i / columns) : Math.floor(i / columns);
      const column = firstColumn === 'bottom' || firstColumn === 'right' ? columns - 1 - (i % columns) : i % columns;
      return isTransposed ? level(row, column) : level(column, row);
    });
    const picture = sharp(Uint8Array.from(stored), { raw: { width: columns, height: rows, channels: 1 } });
    const decoded = await decodeImage(await picture.withMetadata({ orientation }).png().toBuffer());
    expect([decoded.width, decoded.height]).toEqual([width, height]);
    expect([...decoded.data].filter((_, i) => i % 4 === 0)).toEqual([10, 50, 90, 130, 170, 210]);
  });

  it.each([
    ['webp', () => solid(5, 4, orange).webp({ lossless: true })],
    ['gif', () => solid(5, 4, orange).gif()],
    ['tiff', () => solid(5, 4, orange).tiff()],
    ['avif', () => solid(16, 16, orange).avif({ quality: 90 })],
    ['jpeg', () => solid(5, 4, orange).jpeg({ quality: 100 })],
  ] as const)('reads %s', async (_, encode) => {
    const decoded = await decodeImage(await encode().toBuffer());
    expect(near(at(decoded, 1, 1), [250, 120, 40, 255], 8)).toBe(true);
  });

  it.each([[1, 1] as const, [1, 4000] as const, [6000, 4000] as const])('reads %i×%i', async (width, height) => {
    const decoded = await decodeImage(await solid(width, height, orange).jpeg().toBuffer());
    expect([decoded.width, decoded.height, decoded.data.length]).toEqual([width, height, width * height * 4]);
  });

  it('names files that cannot be read', async () => {
    const path = new URL('../../../docs', import.meta.url).pathname;
    await expect(decodeImage(`${path}/nothing.jpg`)).rejects.toMatchObject({
      code: 'IMAGE_FILE',
      hint: 'check the path',
    });
    await expect(decodeImage(path)).rejects.toMatchObject({ code: 'IMAGE_FILE' });
  });
});

describe('decodeImage refuses', () => {
  const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * i * 31) % 251));
  const raw = { raw: { width: 64, height: 64, channels: 3 } } as const;

  it.each([
    ['jpeg', () => sharp(noise, raw).jpeg()],
    ['png', () => sharp(noise, raw).png()],
    ['webp', () => sharp(noise, raw).webp()],
    ['gif', () => sharp(noise, raw).gif()],
    ['tiff', () => sharp(noise, raw).tiff()],
    ['avif', () => sharp(noise, raw).avif()],
  ] as const)('%s files cut off anywhere', async (_, encode) => {
    const bytes = await encode().toBuffer();
    const lengths = [12, ...[0.05, 0.3, 0.6, 0.9].map((share) => Math.ceil(bytes.length * share))];
    for (const length of lengths)
      await expect(decodeImage(bytes.subarray(0, length))).rejects.toMatchObject({
        name: 'DataError',
        code: 'IMAGE_BROKEN',
      });
  });

  it('files that are damaged inside', async () => {
    const jpeg = await sharp(noise, raw).jpeg().toBuffer();
    jpeg.fill(0xff, jpeg.length >> 1, (jpeg.length >> 1) + 40);
    await expect(decodeImage(jpeg)).rejects.toMatchObject({ code: 'IMAGE_BROKEN' });
    const png = await sharp(noise, raw).png().toBuffer();
    png.fill(0x55, png.length >> 1, (png.length >> 1) + 40);
    await expect(decodeImage(png)).rejects.toMatchObject({ code: 'IMAGE_BROKEN' });
  });

  it('what is no image', async () => {
    await expect(decodeImage(new Uint8Array(0))).rejects.toMatchObject({ code: 'IMAGE_BROKEN' });
    await expect(decodeImage(new TextEncoder().encode('hello, this is text'))).rejects.toMatchObject({
      code: 'IMAGE_FORMAT',
    });
  });

  it('HEIC, which sharp is not built with', async () => {
    const start = new TextEncoder().encode('\0\0\0\x18ftypheic\0\0\0\0mif1heic');
    await expect(decodeImage(start)).rejects.toMatchObject({ code: 'IMAGE_UNSUPPORTED', hint: 'convert it to JPEG' });
  });

  it('images beyond the limit', async () => {
    const bytes = await solid(100, 100, orange).png().toBuffer();
    await expect(decodeImage(bytes, { maxPixels: 9_999 })).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    await expect(decodeImage(bytes, { maxPixels: 10_000 })).resolves.toMatchObject({ width: 100 });
  });

  it('to start when the signal is aborted', async () => {
    const bytes = await solid(2, 2, orange).png().toBuffer();
    await expect(decodeImage(bytes, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});

describe('without sharp', () => {
  afterEach(() => vi.doUnmock('sharp'));

  it('says what to install', async () => {
    vi.doMock('sharp', () => {
      throw new Error("Cannot find package 'sharp'");
    });
    await expect(decodeImage(Uint8Array.of(1))).rejects.toMatchObject({
      code: 'SHARP_MISSING',
      hint: 'npm install sharp',
    });
  });
});

describe.skipIf(data === undefined)('real photographs', () => {
  it('gives the pixels Pillow gave for a JPEG', async () => {
    const [jpeg, pillow] = await Promise.all([
      decodeImage(join(data!, 'voc2012/JPEGImages/2009_000219.jpg')),
      decodeImage(join(data!, 'deeplabv3-mnv2-dm05-portrait/reference/2009_000219.input.png')),
    ]);
    expect(jpeg).toEqual(pillow);
  });

  it('decodes PNG photographs as another decoder does', async () => {
    const path = join(data!, 'images/grace_hopper.png');
    expect(decodePng(readFileSync(path))).toEqual(await decodeImage(path));
  });

  it('decodes every JPEG of the shared sets', async () => {
    for (const folder of ['voc2012/JPEGImages', 'ade20k-samples', 'voc-person-part', 'images'])
      for (const file of readdirSync(join(data!, folder)).filter((name) => name.endsWith('.jpg')))
        expect((await decodeImage(join(data!, folder, file))).width).toBeGreaterThan(100);
  });
});

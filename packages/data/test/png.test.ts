import { decodeMask, decodePng, encodePng } from '@atrous/data';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pngOf, randomBytes, type PngSpec } from './support/png-of.ts';

/** What libpng makes of a file. */
async function byLibpng(bytes: Uint8Array): Promise<number[]> {
  return [
    ...(await sharp(bytes, { ignoreIcc: true }).toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' }).toBuffer()),
  ];
}

const kinds = [0, 2, 3, 4, 6].flatMap((colorType) =>
  ({ 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] })[colorType]!.map(
    (depth) => [colorType, depth] as const,
  ),
);
const sizes = [
  [1, 1],
  [3, 2],
  [5, 9],
  [8, 8],
  [13, 7],
  [17, 33],
] as const;

describe('decodePng gives the pixels of libpng', () => {
  it.each(kinds)('colour type %i, %i bits, every filter', async (colorType, depth) => {
    for (const [width, height] of sizes) {
      const bytes = pngOf({ width, height, colorType, depth });
      expect([...decodePng(bytes).data]).toEqual(await byLibpng(bytes));
    }
  });

  it.each(kinds.filter(([, depth]) => depth >= 8))('colour type %i, %i bits, interlaced', async (colorType, depth) => {
    for (const [width, height] of sizes) {
      const bytes = pngOf({ width, height, colorType, depth, isInterlaced: true });
      expect([...decodePng(bytes).data]).toEqual(await byLibpng(bytes));
    }
  });

  it.each(kinds.filter(([, depth]) => depth < 8))(
    'or says that it cannot: colour type %i, %i bits, interlaced',
    (colorType, depth) => {
      const bytes = pngOf({ width: 13, height: 7, colorType, depth, isInterlaced: true });
      expect(() => decodePng(bytes)).toThrow(
        expect.objectContaining({ name: 'UnsupportedError', code: 'IMAGE_UNSUPPORTED' }) as unknown,
      );
    },
  );

  it.each([
    ['palette', { colorType: 3, depth: 4, transparency: [0, 128, 255, 3] }],
    ['grey', { colorType: 0, depth: 2, transparency: [0, 2] }],
    [
      'RGB',
      { colorType: 2, depth: 8, transparency: [0, 10, 0, 20, 0, 30], pixels: [10, 20, 30, 10, 20, 31, 9, 20, 30] },
    ],
  ] as const)('with transparent colours: %s', async (_, spec) => {
    const size = 'pixels' in spec ? { width: 3, height: 1 } : { width: 9, height: 5 };
    const bytes = pngOf({ ...size, ...spec });
    const decoded = [...decodePng(bytes).data];
    expect(decoded.some((value, i) => i % 4 === 3 && value < 255)).toBe(true);
    expect(decoded).toEqual(await byLibpng(bytes));
  });

  it('whose pixels come in many pieces', () => {
    const spec: PngSpec = { width: 40, height: 30, colorType: 2, depth: 8 };
    expect(decodePng(pngOf({ ...spec, pieceBytes: 7 }))).toEqual(decodePng(pngOf(spec)));
  });
});

describe('encodePng', () => {
  it.each(['opaque', 'translucent'])('gives pixels back: %s', async (kind) => {
    const [width, height] = [31, 17];
    const data = new Uint8ClampedArray(randomBytes(width * height * 4, 7));
    if (kind === 'opaque') for (let i = 3; i < data.length; i += 4) data[i] = 255;
    const bytes = encodePng({ width, height, data });
    expect(decodePng(bytes)).toEqual({ width, height, data });
    expect(await byLibpng(bytes)).toEqual([...data]);
    expect((await sharp(bytes).metadata()).channels).toBe(kind === 'opaque' ? 3 : 4);
  });

  it('refuses pictures without area or with other data', () => {
    const broken = { name: 'DataError', code: 'IMAGE_SIZE' };
    for (const [width, height, length] of [
      [0, 1, 0],
      [1, 0, 0],
      [2, 2, 15],
      [1.5, 2, 12],
    ] as const)
      expect(() => encodePng({ width, height, data: new Uint8ClampedArray(length) })).toThrow(
        expect.objectContaining(broken),
      );
  });
});

describe('damaged files', () => {
  const spec: PngSpec = { width: 40, height: 30, colorType: 2, depth: 8 };
  const good = pngOf(spec);
  const broken: unknown = expect.objectContaining({ name: 'DataError', code: 'IMAGE_BROKEN' });
  const format: unknown = expect.objectContaining({ name: 'DataError', code: 'IMAGE_FORMAT' });

  it('are broken wherever they were cut off', () => {
    for (let length = 0; length < good.length; length++)
      expect(() => decodePng(good.subarray(0, length))).toThrow(broken);
  });

  it('are found by their checksums, whichever byte changed', () => {
    for (let position = 8; position < good.length; position++) {
      const bytes = Uint8Array.from(good);
      bytes[position]! ^= 0x10;
      // A changed header may ask for what the standard does not know; a changed name makes an unknown chunk.
      expect(() => decodePng(bytes)).toThrow(
        expect.objectContaining({ name: expect.stringMatching(/^(Data|Unsupported)Error$/) as unknown }) as unknown,
      );
    }
  });

  it('of other formats are no PNG', () => {
    expect(() => decodePng(new TextEncoder().encode('GIF89a, or so'))).toThrow(format);
    expect(() => decodeMask(Uint8Array.of(0xff, 0xd8, 0xff))).toThrow(format);
  });

  it.each([
    ['without width', { width: 0 }],
    ['without height', { height: 0 }],
    ['with a depth that does not exist', { depth: 3 }],
    ['with a colour type that does not exist', { colorType: 5 }],
    ['without a palette', { colorType: 3, palette: null }],
    ['with an empty palette', { colorType: 3, palette: [] }],
    ['with an index beyond its palette', { colorType: 3, palette: [1, 2, 3], pixels: Array<number>(1200).fill(1) }],
    ['with a filter that does not exist', { stream: deflateSync(new Uint8Array(30 * 121).fill(5)) }],
    ['with too little data', { stream: deflateSync(new Uint8Array(30 * 121 - 1)) }],
    ['with too much data', { stream: deflateSync(new Uint8Array(30 * 121 + 1)) }],
    ['with data that is not compressed', { stream: Uint8Array.from({ length: 4000 }, () => 77) }],
  ] as const)('%s', (_, change) => {
    expect(() => decodePng(pngOf({ ...spec, ...change }))).toThrow(broken);
  });
});

describe('sizes', () => {
  const spec: PngSpec = { width: 40, height: 30, colorType: 2, depth: 8 };

  it('beyond the limit are refused, at the limit decoded', () => {
    const tooLarge: unknown = expect.objectContaining({ name: 'DataError', code: 'IMAGE_TOO_LARGE' });
    expect(() => decodePng(pngOf(spec), { maxPixels: 1199 })).toThrow(tooLarge);
    expect(decodePng(pngOf(spec), { maxPixels: 1200 }).width).toBe(40);
    const huge = pngOf({ ...spec, headerWidth: 0xffffffff, headerHeight: 0xffffffff });
    expect(() => decodePng(huge)).toThrow(tooLarge);
    expect(() => decodeMask(huge)).toThrow(tooLarge);
  });

  it('that the file cannot hold are refused before memory is taken', () => {
    const lying = pngOf({ ...spec, headerWidth: 10_000, headerHeight: 10_000 });
    const before = process.memoryUsage().arrayBuffers;
    expect(() => decodePng(lying)).toThrow(/which \d+ compressed bytes cannot hold/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });

  it('that data goes beyond are refused without decompressing the rest', () => {
    const bomb = pngOf({ ...spec, stream: deflateSync(new Uint8Array(400_000_000)) });
    const before = process.memoryUsage().arrayBuffers;
    expect(() => decodePng(bomb)).toThrow(/go on after/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200_000_000);
  });
});

import {
  ade20k,
  camvid,
  cityscapes,
  colorize,
  decodeMask,
  decodePng,
  encodeMask,
  encodePng,
  genericLabels,
  overlay,
  portrait,
  voc2012,
  vocPalette,
  type LabelMask,
} from '@atrous/data';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pngOf } from './support/png-of.ts';

const maskOf = (...ids: number[]): LabelMask => ({ width: ids.length, height: 1, data: Uint8Array.from(ids) });
const picture = (...rgba: number[]) => ({ width: rgba.length / 4, height: 1, data: Uint8ClampedArray.from(rgba) });
const withCode = (name: string, code: string): unknown => expect.objectContaining({ name, code });

describe('decodeMask keeps indices and grey values as they are', () => {
  it.each([
    [1, [0b10110000], [1, 0, 1, 1, 0]],
    [2, [0b11011000, 0b10000000], [3, 1, 2, 0, 2]],
    [4, [0xf0, 0x7a, 0x10], [15, 0, 7, 10, 1]],
    [8, [255, 0, 15, 20, 1], [255, 0, 15, 20, 1]],
  ])('of %i bits', (depth, pixels, ids) => {
    const indexed = decodeMask(pngOf({ width: 5, height: 1, colorType: 3, depth, pixels }));
    expect([...indexed.data]).toEqual(ids);
    expect(indexed.palette).toHaveLength(2 ** depth);
    const grey = decodeMask(pngOf({ width: 5, height: 1, colorType: 0, depth, pixels }));
    expect([...grey.data]).toEqual(ids);
    expect(grey.palette).toBeUndefined();
  });

  it('of 16 bits', () => {
    const { data } = decodeMask(pngOf({ width: 2, height: 1, colorType: 0, depth: 16, pixels: [1, 2, 255, 254] }));
    expect(data).toEqual(Uint16Array.of(258, 65_534));
  });

  it('with alpha beside them', () => {
    const { data } = decodeMask(pngOf({ width: 2, height: 1, colorType: 4, depth: 8, pixels: [7, 255, 9, 0] }));
    expect(data).toEqual(Uint8Array.of(7, 9));
  });
});

describe('decodeMask reads colours through a label map', () => {
  it('and takes black or the VOC border for ignored, unless a class has that colour', () => {
    const colors = picture(192, 128, 128, 255, 0, 0, 0, 255, 224, 224, 192, 255, 128, 0, 0, 255);
    expect([...decodeMask(encodePng(colors), { labels: voc2012 }).data]).toEqual([15, 0, 255, 1]);
    const black = picture(128, 64, 128, 255, 0, 0, 0, 255);
    expect([...decodeMask(encodePng(black), { labels: camvid }).data]).toEqual([3, 11]);
    expect([...decodeMask(encodePng(black), { labels: cityscapes }).data]).toEqual([0, 255]);
  });

  it('and takes other colours for ignored when told', () => {
    const mask = encodePng(picture(128, 64, 128, 255, 81, 0, 81, 255));
    expect([...decodeMask(mask, { labels: cityscapes, ignoreColors: [[81, 0, 81]] }).data]).toEqual([0, 255]);
  });

  it('giving back what colorize drew', () => {
    const labels = genericLabels(300);
    const mask = { width: 300, height: 1, data: Uint16Array.from({ length: 300 }, (_, id) => 299 - id) };
    expect(decodeMask(encodePng(colorize(mask, labels)), { labels })).toEqual(mask);
  });

  it('and says which colour it does not know, and where', () => {
    const mask = encodePng({ width: 1, height: 2, data: Uint8ClampedArray.of(0, 0, 0, 255, 1, 2, 3, 255) });
    expect(() => decodeMask(mask, { labels: voc2012 })).toThrow(withCode('DataError', 'MASK_COLOR'));
    expect(() => decodeMask(mask, { labels: voc2012 })).toThrow(/colour \(1, 2, 3\) at x 0, y 1/);
    expect(() => decodeMask(mask, { labels: genericLabels(2) })).toThrow(/generic-2/);
  });

  it('and needs one', () => {
    expect(() => decodeMask(encodePng(picture(0, 0, 0, 255)))).toThrow(withCode('DataError', 'MASK_COLOR'));
  });

  it('but not one that gives two classes the same colour', () => {
    expect(() => decodeMask(encodePng(picture(0, 0, 0, 255)), { labels: ade20k })).toThrow(
      /"road" and "skyscraper" of "ade20k" have the same colour/,
    );
  });
});

describe('encodeMask', () => {
  it('writes palette indices in the colours of the classes', async () => {
    const bytes = encodeMask(maskOf(0, 1, 255), portrait);
    expect(await sharp(bytes).metadata()).toMatchObject({ isPalette: true, bitsPerSample: 8 });
    expect([...decodePng(bytes).data]).toEqual([0, 0, 0, 255, 192, 128, 128, 255, 224, 224, 192, 255]);
    expect(decodeMask(bytes).data).toEqual(Uint8Array.of(0, 1, 255));
  });

  it('takes the palette of the mask, or that of VOC, when there are no labels', () => {
    const palette = [[9, 8, 7] as const];
    expect(decodeMask(encodeMask({ ...maskOf(0, 1), palette })).palette).toEqual([
      ...palette,
      ...vocPalette(256).slice(1),
    ]);
    expect(decodeMask(encodeMask(maskOf(0, 1))).palette).toEqual(vocPalette(256));
  });

  it('writes 16-bit grey only when an id needs it', async () => {
    const small = encodeMask({ width: 2, height: 1, data: Uint16Array.of(3, 255) });
    expect(decodeMask(small).data).toEqual(Uint8Array.of(3, 255));
    const large = encodeMask({ width: 2, height: 1, data: Uint16Array.of(3, 256) });
    expect(decodeMask(large)).toEqual({ width: 2, height: 1, data: Uint16Array.of(3, 256) });
    expect((await sharp(large).metadata()).depth).toBe('ushort');
  });

  it('refuses masks without area or with other data', () => {
    expect(() => encodeMask({ width: 0, height: 0, data: new Uint8Array(0) })).toThrow(
      withCode('DataError', 'IMAGE_SIZE'),
    );
    expect(() => encodeMask({ width: 2, height: 2, data: new Uint8Array(3) })).toThrow(
      /needs 4 numbers, its data has 3/,
    );
  });
});

describe('colorize', () => {
  it('draws classes opaque and everything else transparent', () => {
    expect([...colorize(maskOf(1, 255, 0), voc2012).data]).toEqual([128, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 255]);
  });
});

describe('overlay', () => {
  const white = picture(...Array<number>(8).fill(200));

  it('mixes colours by opacity, leaving background, unknown ids and alpha alone', () => {
    const image = picture(200, 200, 200, 255, 200, 200, 200, 77, 10, 20, 30, 255, 1, 2, 3, 255);
    const { data } = overlay(image, maskOf(1, 1, 0, 255), voc2012, { opacity: 0.25 });
    expect([...data]).toEqual([182, 150, 150, 255, 182, 150, 150, 77, 10, 20, 30, 255, 1, 2, 3, 255]);
    expect(image.data[0]).toBe(200);
  });

  it('covers half by default, all at 1, nothing at 0', () => {
    expect([...overlay(white, maskOf(1, 0), voc2012).data].slice(0, 4)).toEqual([164, 100, 100, 200]);
    expect([...overlay(white, maskOf(1, 0), voc2012, { opacity: 1 }).data].slice(0, 4)).toEqual([128, 0, 0, 200]);
    expect(overlay(white, maskOf(1, 0), voc2012, { opacity: 0 })).toEqual(white);
  });

  it('paints the background when asked', () => {
    const { data } = overlay(white, maskOf(1, 0), voc2012, { opacity: 1, unpainted: [1] });
    expect([...data]).toEqual([200, 200, 200, 200, 0, 0, 0, 200]);
  });

  it('refuses another size and impossible opacities', () => {
    expect(() => overlay(white, maskOf(1), voc2012)).toThrow(/image is 2×1, the mask 1×1/);
    for (const opacity of [-0.1, 1.1, Number.NaN])
      expect(() => overlay(white, maskOf(1, 0), voc2012, { opacity })).toThrow(withCode('ShapeError', 'SHAPE'));
  });
});

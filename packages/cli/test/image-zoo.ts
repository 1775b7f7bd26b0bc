import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';

/** A new empty folder. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'atrous-cli-'));

/** A picture with colour gradients in both directions. */
export function picture(width: number, height: number): Sharp {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      data[at] = (x * 255) / width;
      data[at + 1] = (y * 255) / height;
      data[at + 2] = (x + y) % 256;
    }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** A file that can be read, and the size of the labels it must give. */
export interface GoodImage {
  readonly name: string;
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

const good = async (name: string, image: Sharp, width: number, height: number): Promise<GoodImage> => ({
  name,
  bytes: await image.toBuffer(),
  width,
  height,
});

/** Pictures of every kind that cameras and editors make. */
export const goodImages = (): Promise<readonly GoodImage[]> =>
  Promise.all([
    good('plain.jpg', picture(64, 48).jpeg(), 64, 48),
    good('progressive.jpg', picture(64, 48).jpeg({ progressive: true }), 64, 48),
    good('alpha.png', picture(64, 48).ensureAlpha(0.5).png(), 64, 48),
    good('palette.png', picture(64, 48).png({ palette: true }), 64, 48),
    good('grey.png', picture(64, 48).toColourspace('b-w').png(), 64, 48),
    good('grey.jpg', picture(64, 48).toColourspace('b-w').jpeg(), 64, 48),
    good('sixteen-bit.png', picture(64, 48).toColourspace('rgb16').png(), 64, 48),
    good('cmyk.jpg', picture(64, 48).toColourspace('cmyk').jpeg(), 64, 48),
    good('rotated.jpg', picture(64, 48).withMetadata({ orientation: 6 }).jpeg(), 48, 64),
    good('one.png', picture(1, 1).png(), 1, 1),
    good('thin.png', picture(1, 4000).png(), 1, 4000),
  ]);

/** Files that are no whole image. */
export async function brokenImages(): Promise<readonly { readonly name: string; readonly bytes: Buffer }[]> {
  const jpeg = await picture(256, 192).jpeg().toBuffer();
  const png = await picture(256, 192).png().toBuffer();
  return [
    { name: 'cut.jpg', bytes: jpeg.subarray(0, jpeg.length >> 1) },
    { name: 'cut.png', bytes: png.subarray(0, png.length >> 1) },
    { name: 'empty.png', bytes: Buffer.alloc(0) },
    { name: 'text.jpg', bytes: Buffer.from('not an image, although its name says so') },
  ];
}

/** Writes files into a folder and returns it. */
export function writeFiles(
  files: readonly { readonly name: string; readonly bytes: Buffer }[],
  folder = newFolder(),
): string {
  for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes);
  return folder;
}

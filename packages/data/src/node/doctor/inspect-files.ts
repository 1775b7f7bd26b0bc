import type { LabelMap } from '@atrous/core';
import { open } from 'node:fs/promises';
import type { DatasetSample } from '../../dataset.ts';
import type { LabelMask } from '../../mask/label-mask.ts';
import type { FileSample } from '../files/file-dataset.ts';
import { loadSharp } from '../load-sharp.ts';
import type { Findings } from './finding.ts';

/** Place of the colour type in a PNG: after the signature, the chunk's length and name, two extents and the depth. */
const COLOR_TYPE = 25;

const PNG = '\x89PNG';

/** Colour type of a PNG; nothing for files of other formats. */
async function colorTypeOf(path: string): Promise<number | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(COLOR_TYPE + 1) });
    if (bytesRead <= COLOR_TYPE || buffer.toString('latin1', 0, PNG.length) !== PNG) return undefined;
    return buffer[COLOR_TYPE];
  } finally {
    await file.close();
  }
}

/** Whether decoding turns a picture, as cameras ask for in EXIF. */
async function isTurned(path: string): Promise<boolean> {
  const { orientation = 1 } = await (await loadSharp())(path).metadata();
  return orientation !== 1;
}

const hasAlpha = (colorType: number | undefined): boolean => colorType === 4 || colorType === 6;
const hasColors = (colorType: number | undefined): boolean => colorType === 2 || colorType === 6;

const isFile = (sample: DatasetSample): sample is FileSample => 'image' in sample && 'mask' in sample;

/** What is odd about the files of a sample, apart from what is in them. */
export async function inspectFiles(sample: DatasetSample, where: string, findings: Findings): Promise<void> {
  if (!isFile(sample)) return;
  const [image, mask] = await Promise.all([colorTypeOf(sample.image), colorTypeOf(sample.mask)]);
  if (await isTurned(sample.image)) findings.add('image-turned', where);
  if (hasAlpha(image)) findings.add('image-alpha', where);
  if (hasAlpha(mask)) findings.add('mask-alpha', where);
  if (hasColors(mask)) findings.add('mask-in-colors', where);
}

/** Compares the palette of a mask with the colours of the classes in it. A palette of greys says nothing. */
export function inspectPalette(
  { palette }: LabelMask,
  ids: readonly number[],
  { classes }: LabelMap,
  where: string,
  findings: Findings,
): void {
  if (palette === undefined || palette.every(([red, green, blue]) => red === green && green === blue)) return;
  for (const id of ids) {
    const [color, expected] = [palette[id], classes[id]];
    if (color === undefined || expected === undefined || color.join() === expected.color.join()) continue;
    return findings.add(
      'palette-differs',
      where,
      `${expected.name} is ${color.join(' ')}, not ${expected.color.join(' ')}`,
    );
  }
}

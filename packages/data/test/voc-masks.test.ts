import { decodeMask, encodeMask, vocPalette, voc2012 } from '@atrous/data';
import { dataFolder } from '@atrous/testing';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

const data = dataFolder();
const folder = join(data ?? '', 'voc2012');

describe.skipIf(data === undefined)('the shared VOC masks', () => {
  const files = data === undefined ? [] : readdirSync(join(folder, 'SegmentationClass'));

  it('has class names in the order of the data set', () => {
    const names = readFileSync(join(folder, 'classes.txt'), 'utf8').trim().split(/\r?\n/);
    expect(voc2012.classes.map(({ name }) => name)).toEqual(names);
  });

  it('decodes all 24 to indices whose colours are those another decoder gives', { timeout: 60_000 }, async () => {
    expect(files).toHaveLength(24);
    for (const file of files) {
      const path = join(folder, 'SegmentationClass', file);
      const mask = decodeMask(readFileSync(path));
      expect(mask.palette).toEqual(vocPalette(256));
      expect([...new Set(mask.data)].filter((id) => id > 20 && id !== 255)).toEqual([]);
      const rgb = await sharp(path).removeAlpha().raw().toBuffer();
      const drawn = Buffer.from([...mask.data].flatMap((id) => [...mask.palette![id]!]));
      expect(drawn.equals(rgb)).toBe(true);
    }
  });

  it('gives ids back after encoding', () => {
    const mask = decodeMask(readFileSync(join(folder, 'SegmentationClass', files[0]!)));
    expect(decodeMask(encodeMask(mask, voc2012))).toEqual(mask);
  });
});

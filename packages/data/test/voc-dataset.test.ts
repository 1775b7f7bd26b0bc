import { camvid, encodeMask, encodePng, personParts, vocDataset } from '@atrous/data/node';
import { dataFolder } from '@atrous/testing';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const data = dataFolder();
let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'atrous-voc-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

// decodeImage tells formats by content, so these PNGs may be called .jpg.
const picture = encodePng({ width: 2, height: 1, data: Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 255) });
const mask = (first: number) => encodeMask({ width: 2, height: 1, data: Uint8Array.of(first, 15) });

/** The devkit with three pairs, one of them only in the augmented set. */
function putDevkit(): void {
  const root = 'VOCdevkit/VOC2012';
  for (const id of ['a', 'b', 'c']) put(`${root}/JPEGImages/${id}.jpg`, picture);
  for (const id of ['a', 'b']) put(`${root}/SegmentationClass/${id}.png`, mask(1));
  for (const id of ['a', 'b', 'c']) put(`${root}/SegmentationClassAug/${id}.png`, mask(2));
  put(`${root}/ImageSets/Segmentation/val.txt`, '\uFEFFb\r\n\r\n  a  \r\n');
  put(`${root}/ImageSets/Segmentation/train_aug.txt`, '/JPEGImages/c.jpg /SegmentationClassAug/c.png\n');
  put(`${root}/ImageSets/Segmentation/person_val.txt`, 'a -1\nb  1\n');
  put(`${root}/ImageSets/Segmentation/train.txt`, 'a\nc\nlost\n');
  put(`${root}/ImageSets/Segmentation/none.txt`, '\n\n');
}

describe('the devkit', () => {
  beforeEach(putDevkit);

  it.each(['', 'VOCdevkit', 'VOCdevkit/VOC2012'])('is found from %j', async (below) => {
    const { samples, labels } = await vocDataset(join(folder, below), { split: 'val' });
    expect(samples.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(labels.name).toBe('voc2012');
    const { image, mask } = await samples[0]!.open();
    expect([...image.data]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
    expect([...mask.data]).toEqual([1, 15]);
  });

  it('lists every mask when no image set is named', async () => {
    expect((await vocDataset(folder)).samples.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('takes the augmented masks for augmented sets', async () => {
    const { samples } = await vocDataset(folder, { split: 'train_aug' });
    expect(samples.map(({ id }) => id)).toEqual(['c']);
    expect([...(await samples[0]!.open()).mask.data]).toEqual([2, 15]);
  });

  it('reads sets of one class, whose lines have a second column', async () => {
    expect((await vocDataset(folder, { split: 'person_val' })).samples.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('names the files that are absent', async () => {
    await expect(vocDataset(folder, { split: 'train' })).rejects.toMatchObject({
      name: 'DataError',
      code: 'DATASET_PAIR',
      message: expect.stringMatching(/^3 files .*SegmentationClass\/c\.png, .*JPEGImages\/lost\.jpg/) as string,
    });
  });

  it('says which image sets and folders it looked for', async () => {
    await expect(vocDataset(folder, { split: 'test' })).rejects.toMatchObject({
      code: 'DATASET_SPLIT',
      hint: expect.stringContaining('ImageSets/Segmentation/test.txt') as string,
    });
    await expect(vocDataset(folder, { split: 'none' })).rejects.toMatchObject({ code: 'DATASET_SPLIT' });
    await expect(vocDataset(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'DATASET_FOLDER' });
    await expect(vocDataset(folder, { images: 'photos' })).rejects.toMatchObject({ code: 'DATASET_FOLDER' });
    await expect(vocDataset(folder, { masks: 'truth' })).rejects.toThrow(/has JPEGImages but not truth/);
  });
});

it('takes the augmented masks when there are no others', async () => {
  put('JPEGImages/a.jpg', picture);
  put('SegmentationClassAug/a.png', mask(7));
  const { samples } = await vocDataset(folder);
  expect([...(await samples[0]!.open()).mask.data]).toEqual([7, 15]);
});

it('refuses a mask of another size than its image, and names both', async () => {
  put('JPEGImages/a.jpg', picture);
  put('SegmentationClass/a.png', encodeMask({ width: 1, height: 1, data: Uint8Array.of(0) }));
  const { samples } = await vocDataset(folder);
  await expect(samples[0]!.open()).rejects.toMatchObject({
    code: 'IMAGE_SIZE',
    message: expect.stringMatching(/a\.jpg is 2×1, its mask .*a\.png 1×1/) as string,
  });
});

it('names the file that is broken', async () => {
  put('JPEGImages/a.jpg', picture);
  put('SegmentationClass/a.png', mask(0).subarray(0, 60));
  const { samples } = await vocDataset(folder);
  await expect(samples[0]!.open()).rejects.toMatchObject({
    code: 'IMAGE_BROKEN',
    message: expect.stringContaining('a.png') as string,
  });
});

describe.skipIf(data === undefined)('real data sets', () => {
  it('reads the shared VOC pairs', { timeout: 30_000 }, async () => {
    const { samples, labels } = await vocDataset(join(data!, 'voc2012'), { split: 'list' });
    expect(samples).toHaveLength(24);
    for (const sample of samples) {
      const { image, mask } = await sample.open();
      expect([image.width, image.height]).toEqual([mask.width, mask.height]);
      expect(mask.data.every((id) => id === labels.ignoreLabel || id < labels.classes.length)).toBe(true);
    }
  });

  it(
    'reads CamVid, whose masks have as many pixels of each class as another program counted',
    { timeout: 30_000 },
    async () => {
      const counts = JSON.parse(readFileSync(join(data!, 'camvid/pixel_counts.json'), 'utf8')) as { val: number[] };
      const options = { images: 'val', masks: 'valannot', split: 'val', labels: camvid };
      const { samples } = await vocDataset(join(data!, 'camvid'), options);
      const found = new Array<number>(12).fill(0);
      for (const sample of samples) for (const id of (await sample.open()).mask.data) found[id]! += 1;
      expect(samples).toHaveLength(34);
      expect(found).toEqual(counts.val);
    },
  );

  it('reads pairs that lie in one folder', async () => {
    const root = join(data!, 'voc-person-part');
    const { samples } = await vocDataset(root, { images: '.', masks: '.', labels: personParts });
    expect(samples.map(({ id, image }) => [id, image])).toEqual(
      ['2008_002176', '2008_007586'].map((id) => [id, join(root, `${id}.jpg`)]),
    );
  });
});

import type { LabelMap } from '@atrous/core';
import {
  ade20k,
  ade20k150,
  camvid,
  cityscapes,
  cocoStuff,
  datasetKinds,
  defineDataset,
  encodeMask,
  encodePng,
  findSplits,
  openDataset,
  parseDatasetSpec,
  personParts,
  voc2012,
  type DatasetSpec,
} from '@atrous/data/node';
import { dataFolder } from '@atrous/testing';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const data = dataFolder();
let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'atrous-data-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

// decodeImage tells formats by content, so these PNGs may be called .jpg.
const picture = encodePng({ width: 2, height: 1, data: Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 255) });
const mask = (...ids: number[]): Uint8Array => encodeMask({ width: 2, height: 1, data: Uint8Array.from(ids) });
const painted = (...colors: (readonly [number, number, number])[]): Uint8Array =>
  encodePng({ width: 2, height: 1, data: Uint8ClampedArray.from(colors.flatMap((color) => [...color, 255])) });

/** Ids of samples with the class ids in each. */
async function contents(
  source: string | DatasetSpec,
  labels?: LabelMap,
): Promise<Readonly<Record<string, readonly number[]>>> {
  const { samples } = await openDataset(source, { labels });
  const opened = samples.map(async (sample) => [sample.id, [...(await sample.open()).mask.data]] as const);
  return Object.fromEntries(await Promise.all(opened));
}

describe('CamVid', () => {
  it('is read as SegNet’s authors lay it out', async () => {
    for (const [split, id] of ['train/a', 'train/b', 'val/c'].map((path) => path.split('/') as [string, string])) {
      put(`${split}/${id}.png`, picture);
      put(`${split}annot/${id}.png`, mask(0, 11));
    }
    expect(await contents({ kind: 'camvid', path: folder, split: 'train' })).toEqual({ a: [0, 11], b: [0, 11] });
    expect(Object.keys(await contents(folder))).toEqual(['a', 'b', 'c']);
    expect(await findSplits(`camvid:${folder}`)).toEqual(['train', 'val']);
    expect((await openDataset(folder)).labels).toBe(camvid);
  });

  it('is read from its authors’ colours, 32 of which become 11 classes', async () => {
    put('701_StillsRaw_full/0001TP_1.png', picture);
    put('701_StillsRaw_full/0001TP_2.png', picture);
    put('LabeledApproved_full/0001TP_1_L.png', painted([64, 192, 0], [0, 0, 0]));
    put('LabeledApproved_full/0001TP_2_L.png', painted([192, 0, 192], [0, 0, 192]));
    put('val.txt', '0001TP_2.png\n');
    expect(await contents(folder)).toEqual({ '0001TP_1': [1, 11], '0001TP_2': [10, 4] });
    expect(await contents({ kind: 'camvid', path: folder, split: 'val' })).toEqual({ '0001TP_2': [10, 4] });
    expect(await findSplits(folder)).toEqual(['val']);
  });
});

describe('Cityscapes', () => {
  const at = (split: string, id: string, ending: string, content: Uint8Array): void =>
    put(`${ending.startsWith('left') ? 'leftImg8bit' : 'gtFine'}/${split}/ulm/ulm_${id}_${ending}.png`, content);

  it('has label ids mapped to train ids', async () => {
    at('train', '1', 'leftImg8bit', picture);
    at('train', '1', 'gtFine_labelIds', mask(7, 33));
    at('train', '1', 'gtFine_color', picture);
    at('val', '2', 'leftImg8bit', picture);
    at('val', '2', 'gtFine_labelIds', mask(0, 29));
    expect(await contents({ path: folder, split: 'train' })).toEqual({ 'ulm/ulm_1': [0, 18] });
    expect(await contents(`cityscapes:${folder}`)).toEqual({ 'ulm/ulm_1': [0, 18], 'ulm/ulm_2': [255, 255] });
    expect((await openDataset(folder)).labels).toBe(cityscapes);
    expect(await findSplits(folder)).toEqual(['train', 'val']);
  });

  it('has train ids read as they are where there are any', async () => {
    at('train', '1', 'leftImg8bit', picture);
    at('train', '1', 'gtFine_labelIds', mask(7, 7));
    at('train', '1', 'gtFine_labelTrainIds', mask(18, 255));
    expect(await contents(folder)).toEqual({ 'ulm/ulm_1': [18, 255] });
  });

  it('refuses masks of other ids', async () => {
    at('train', '1', 'leftImg8bit', picture);
    at('train', '1', 'gtFine_labelIds', mask(7, 77));
    await expect(contents(folder)).rejects.toMatchObject({
      code: 'MASK_VALUE',
      message: expect.stringMatching(/ulm_1_gtFine_labelIds\.png: the mask has the value 77 at x 1, y 0/) as string,
    });
  });

  it('maps the table of its authors', async () => {
    const trainIds = [7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33];
    const width = trainIds.length;
    const rgba = new Uint8ClampedArray(width * 4).fill(255);
    at('val', '1', 'leftImg8bit', encodePng({ width, height: 1, data: rgba }));
    at('val', '1', 'gtFine_labelIds', encodeMask({ width, height: 1, data: Uint8Array.from(trainIds) }));
    expect(Object.values(await contents(folder))).toEqual([trainIds.map((_, index) => index)]);
  });
});

describe('ADE20K', () => {
  beforeEach(() => {
    put('images/training/ADE_1.jpg', picture);
    put('annotations/training/ADE_1.png', mask(0, 150));
    put('images/validation/ADE_2.jpg', picture);
    put('annotations/validation/ADE_2.png', mask(1, 2));
  });

  it('has 150 classes from 0, everything else ignored', async () => {
    expect(await contents(folder)).toEqual({ ADE_1: [255, 149], ADE_2: [0, 1] });
    expect((await openDataset(folder)).labels).toBe(ade20k150);
    expect(await contents({ path: folder, split: 'val' })).toEqual({ ADE_2: [0, 1] });
  });

  it('has 151 where they are asked for, or the network has as many', async () => {
    const wanted = { ADE_1: [0, 150], ADE_2: [1, 2] };
    expect(await contents({ kind: 'ade20k', path: folder, classes: 151 })).toEqual(wanted);
    expect(await contents(folder, ade20k)).toEqual(wanted);
    await expect(openDataset({ path: folder, classes: 21 })).rejects.toMatchObject({ code: 'DATASET_OPTION' });
  });
});

describe('COCO-Stuff', () => {
  it('has things and stuff by their ids', async () => {
    put('images/train2017/1.jpg', picture);
    put('annotations/train2017/1.png', mask(0, 255));
    put('images/val2017/2.jpg', picture);
    put('stuffthingmaps/val2017/2.png', mask(181, 91));
    const { labels } = await openDataset(folder);
    expect(labels).toBe(cocoStuff);
    expect([0, 91, 181].map((id) => labels.classes[id]?.name)).toEqual(['person', 'banner', 'wood']);
    expect(await contents(`coco-stuff:${folder}`)).toEqual({ 1: [0, 255], 2: [181, 91] });
    expect(await contents({ path: folder, split: 'val' })).toEqual({ 2: [181, 91] });
  });
});

describe('pairs of pictures and masks', () => {
  beforeEach(() => {
    for (const id of ['a', 'b']) {
      put(`images/${id}.jpg`, picture);
      put(`masks/${id}.png`, mask(1, 255));
    }
    put('classes.txt', '# ours\nroad 1 2 3\nsky\n');
  });

  it('have the classes that a text lists', async () => {
    const { labels, samples } = await openDataset(folder);
    expect(labels.classes).toEqual([
      { id: 0, name: 'road', color: [1, 2, 3] },
      { id: 1, name: 'sky', color: [128, 0, 0] },
    ]);
    expect([labels.ignoreLabel, samples.map(({ id }) => id)]).toEqual([255, ['a', 'b']]);
    expect(await contents(`pairs:${folder}`)).toEqual({ a: [1, 255], b: [1, 255] });
  });

  it('say which pictures have no mask, in the labels of a network too', async () => {
    put('images/alone.jpg', picture);
    const unpaired = [join(folder, 'images/alone.jpg')];
    expect(await openDataset(folder)).toMatchObject({ unpaired });
    const labels = { ...(await openDataset(folder)).labels, ignoreLabel: 9 };
    expect(await openDataset({ kind: 'pairs', path: folder, classes: 'classes.txt' }, { labels })).toMatchObject({
      unpaired,
    });
  });

  it('have the classes that JSON lists, those of a label map, or those of the network', async () => {
    put('mine.json', '{ "classes": ["x", { "name": "y", "color": [9, 9, 9] }], "ignoreLabel": 7 }');
    const { labels } = await openDataset({ kind: 'pairs', path: folder, classes: 'mine.json' });
    expect([labels.name, labels.ignoreLabel, labels.classes[1]?.color]).toEqual(['mine', 7, [9, 9, 9]]);
    expect((await openDataset({ path: folder, classes: 'voc2012' })).labels).toBe(voc2012);
    expect((await openDataset({ path: folder }, { labels: voc2012 })).labels).toBe(voc2012);
  });

  it.each([
    ['classes.txt', ''],
    ['classes.json', '{ "classes": [] }'],
    ['classes.json', '{ "classes": [1] }'],
    ['classes.json', '{ "classes": ["a"], "ignoreLabel": 1.5 }'],
    ['classes.json', '{'],
  ])('refuse a list of classes %s of %j', async (file, text) => {
    put(file, text);
    await expect(openDataset({ path: folder, classes: file })).rejects.toMatchObject({ code: 'DATASET_CLASSES' });
  });

  it('need classes from somewhere', async () => {
    rmSync(join(folder, 'classes.txt'));
    await expect(openDataset(`pairs:${folder}`)).rejects.toMatchObject({ code: 'DATASET_CLASSES' });
  });

  it('are split by lists, or by folders', async () => {
    put('train.txt', 'b\n');
    expect(Object.keys(await contents({ path: folder, split: 'train' }))).toEqual(['b']);
    put('images/val/c.jpg', picture);
    put('masks/val/c.png', mask(0, 0));
    expect(Object.keys(await contents({ path: folder, split: 'val' }))).toEqual(['c']);
    expect(await findSplits(folder)).toEqual(['train', 'val']);
  });

  it('may lie in folders of other names, and name what is absent', async () => {
    put('truth/a.png', mask(0, 0));
    put('truth/lost.png', mask(0, 0));
    await expect(openDataset({ kind: 'pairs', path: folder, masks: 'truth' })).rejects.toMatchObject({
      code: 'DATASET_PAIR',
      message: expect.stringContaining('image of lost') as string,
    });
    await expect(openDataset({ kind: 'pairs', path: folder, masks: 'none' })).rejects.toMatchObject({
      code: 'DATASET_FOLDER',
    });
  });
});

describe('a description', () => {
  it.each([
    ['camvid:some/folder', { kind: 'camvid', path: 'some/folder' }],
    ['C:\\pictures', { path: 'C:\\pictures' }],
    ['voc:C:\\pictures', { kind: 'voc', path: 'C:\\pictures' }],
    ['street', { kind: 'street' }],
    ['street:3', { kind: 'street', seed: 3 }],
    ['some/folder', { path: 'some/folder' }],
  ])('%s is read', (typed, spec) => {
    expect(parseDatasetSpec(typed)).toEqual(spec);
  });

  it('may be of made-up streets', async () => {
    expect((await openDataset({ kind: 'street', count: 3, seed: 7 })).samples.map(({ id }) => id)).toContain(
      'street-7-00002',
    );
    expect((await openDataset('street')).samples).toHaveLength(1000);
    expect(await findSplits('street')).toEqual([]);
  });

  it.each([
    [{ kind: 'nothing', path: '.' }, 'DATASET_KIND'],
    [{ kind: 'voc' }, 'DATASET_FOLDER'],
    [{ kind: 'voc', path: '.', colour: 'red' }, 'DATASET_OPTION'],
    [{ kind: 'street', count: 'many' }, 'DATASET_OPTION'],
    [{ kind: 'street', count: -1 }, 'DATASET_OPTION'],
    ['voc:', 'DATASET_FOLDER'],
  ])('%j is refused', async (source, code) => {
    await expect(openDataset(source)).rejects.toMatchObject({ name: 'DataError', code });
  });

  it('that names no kind lists all', async () => {
    await expect(openDataset('nothing:.')).rejects.toMatchObject({
      hint: datasetKinds.reduce(
        (text, { name, description }) => `${text}\n  ${name}: ${description}`,
        'the kinds are:',
      ),
    });
  });

  it('may be of a kind of one’s own', async () => {
    const mine = defineDataset({
      name: 'mine',
      description: 'nothing at all',
      options: { letters: 'text' },
      open: async (path, { letters = '' }) => ({
        labels: voc2012,
        samples: [...letters].map((id) => ({ id: path + id, open: () => Promise.reject(new Error(id)) })),
      }),
    });
    const { samples } = await openDataset({ kind: 'mine', path: '/', letters: 'ab' }, { kinds: [mine] });
    expect(samples.map(({ id }) => id)).toEqual(['/a', '/b']);
  });
});

describe('labels of a network', () => {
  beforeEach(() => {
    put('JPEGImages/a.jpg', picture);
    put('trainannot/a.png', mask(3, 11));
    put('train/a.png', picture);
  });
  const reordered = (ignoreLabel: number | undefined): LabelMap => ({
    name: 'reordered',
    classes: camvid.classes.toReversed().map(({ name, color }, id) => ({ id, name, color })),
    ignoreLabel,
  });

  it('are the same classes in another order', async () => {
    expect(await contents(`camvid:${folder}`, reordered(255))).toEqual({ a: [7, 255] });
  });

  it('must have a label for what does not count', async () => {
    await expect(contents(`camvid:${folder}`, reordered(undefined))).rejects.toMatchObject({ code: 'MASK_VALUE' });
  });

  it('of other classes are refused', async () => {
    await expect(openDataset(`camvid:${folder}`, { labels: voc2012 })).rejects.toMatchObject({
      code: 'DATASET_CLASSES',
    });
  });
});

describe.skipIf(data === undefined)('real data sets', () => {
  it(
    'has CamVid’s masks with as many pixels of each class as another program counted',
    { timeout: 30_000 },
    async () => {
      const source = { path: join(data!, 'camvid'), split: 'train' };
      const counts = JSON.parse(readFileSync(join(source.path, 'pixel_counts.json'), 'utf8')) as { train: number[] };
      const found = new Array<number>(12).fill(0);
      const { samples } = await openDataset(source);
      for (const sample of samples) for (const id of (await sample.open()).mask.data) found[id]! += 1;
      expect([samples.length, found]).toEqual([123, counts.train]);
      expect(await findSplits(source)).toEqual(['train', 'val']);
    },
  );

  it('has ADE20K’s pictures beside their masks', async () => {
    const { samples, labels } = await openDataset(`ade20k:${join(data!, 'ade20k-samples')}`);
    const { mask, image } = await samples[0]!.open();
    expect([samples.length, mask.width]).toEqual([2, image.width]);
    const names = new Set([...mask.data].map((id) => labels.classes[id]?.name));
    expect([...names]).toEqual(expect.arrayContaining(['wall', 'building', 'sky']));
  });

  it('has VOC’s and person parts', async () => {
    expect((await openDataset({ path: join(data!, 'voc2012'), split: 'list' })).samples).toHaveLength(24);
    const path = join(data!, 'voc-person-part');
    const spec = { kind: 'pairs', path, images: '.', masks: '.', classes: personParts.name };
    expect((await openDataset(spec)).samples).toHaveLength(2);
  });
});

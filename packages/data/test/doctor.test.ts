import { doctor, encodeMask, encodePng, type DoctorReport, type FindingCode, type RgbaImage } from '@atrous/data/node';
import { createRandom } from '@atrous/core';
import { dataFolder } from '@atrous/testing';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const data = dataFolder();
let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'atrous-doctor-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

const SIDE = 40;

/** Blotches; `noise` is what another frame of the same camera adds. */
function picture(seed: number, noise = 0, alpha = 255): RgbaImage {
  const spots = createRandom(seed, 'spots');
  const grain = createRandom(seed, 'grain');
  const blotches = Array.from({ length: 25 }, () => spots.integer(200));
  const image = new Uint8ClampedArray(SIDE * SIDE * 4);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const value = blotches[Math.floor(i / SIDE / 8) * 5 + Math.floor((i % SIDE) / 8)]! + grain.uniform(0, noise);
    image.set([value, value, value, alpha], i * 4);
  }
  return { width: SIDE, height: SIDE, data: image };
}

const maskOf = (...values: readonly number[]) => ({
  width: SIDE,
  height: SIDE,
  data: Uint8Array.from({ length: SIDE * SIDE }, (_, i) => values[i % values.length]!),
});

function pair(split: string, id: string, seed: number, mask: Uint8Array): void {
  put(`images/${split}/${id}.png`, encodePng(picture(seed)));
  put(`masks/${split}/${id}.png`, mask);
}

const mask = (...values: readonly number[]): Uint8Array => encodeMask(maskOf(...values));
const examined = (changes: object = {}): Promise<DoctorReport> => doctor({ kind: 'pairs', path: folder, ...changes });
const codes = ({ findings }: DoctorReport): readonly FindingCode[] => findings.map(({ code }) => code);
const finding = ({ findings }: DoctorReport, wanted: FindingCode) => findings.find(({ code }) => code === wanted);

beforeEach(() => {
  put('classes.txt', 'floor\nwall\ndoor\n');
  for (const [i, split] of ['train', 'train', 'val'].entries()) pair(split, `${i}`, i, mask(0, 1, 2, 255));
});

describe('doctor', () => {
  it('finds nothing wrong with a good data set, and counts its classes', async () => {
    const report = await examined();
    expect(report.findings).toEqual([]);
    expect(report.splits).toEqual([
      { name: 'train', images: 2 },
      { name: 'val', images: 1 },
    ]);
    expect(report.ignored).toBeCloseTo(0.25);
    expect(report.classes[1]).toEqual({ id: 1, name: 'wall', pixels: 1200, share: 1 / 3, images: 3, weight: 1 });
  });

  it('finds values that are no class', async () => {
    pair('train', 'bad', 9, mask(0, 1, 2, 7));
    const found = finding(await examined(), 'value-outside');
    expect(found).toMatchObject({ severity: 'error', count: 1, where: ['train/bad'] });
    expect(found?.message).toContain('value 7');
    expect(found?.nextStep).toMatch(/ignore label/);
  });

  it('finds masks of another size, broken files and colours of no class, and goes on', async () => {
    pair('train', 'small', 9, encodeMask({ width: 1, height: 1, data: Uint8Array.of(0) }));
    pair('train', 'torn', 10, mask(0).subarray(0, 70));
    const odd = { ...picture(11), data: new Uint8ClampedArray(SIDE * SIDE * 4).fill(77) };
    pair('train', 'odd', 11, encodePng(odd));
    const report = await examined();
    expect(finding(report, 'size-differs')?.where).toEqual(['train/small']);
    expect(finding(report, 'unreadable')?.message).toContain('torn.png');
    expect(finding(report, 'mask-color-unknown')?.message).toContain('(77, 77, 77)');
    expect(report.splits[1]).toEqual({ name: 'val', images: 1 });
  });

  it('finds alpha, and masks in colours or with a palette of another order', async () => {
    put('images/train/x.png', encodePng(picture(20, 0, 99)));
    const black = {
      ...picture(20),
      data: new Uint8ClampedArray(SIDE * SIDE * 4).map((_, i) => (i % 4 === 3 ? 128 : 0)),
    };
    put('masks/train/x.png', encodePng(black));
    put('classes.txt', 'floor 0 0 0\nwall 128 0 0\ndoor 9 9 9\n');
    const report = await examined();
    expect(finding(report, 'image-alpha')).toMatchObject({ severity: 'info', where: ['train/x'] });
    expect(finding(report, 'mask-alpha')).toMatchObject({ severity: 'warning', where: ['train/x'] });
    expect(finding(report, 'mask-in-colors')).toMatchObject({ severity: 'info', where: ['train/x'] });
    expect(finding(report, 'palette-differs')?.message).toContain('door is 0 128 0, not 9 9 9');
  });

  it('finds pictures without a mask, masks without a picture and masks without labels', async () => {
    put('images/train/alone.png', encodePng(picture(30)));
    pair('val', 'void', 31, mask(255));
    const report = await examined();
    expect(finding(report, 'mask-missing')?.where[0]).toContain('alone.png');
    expect(finding(report, 'mask-empty')?.where).toEqual(['val/void']);
    put('masks/val/lost.png', mask(0));
    expect(finding(await examined(), 'files-missing')).toMatchObject({ severity: 'error', where: ['val'] });
  });

  it('weighs classes: absent, rare, never learnt, everywhere', async () => {
    put('classes.txt', 'floor\nwall\ndoor\nghost\nlamp\ncat\n');
    for (const id of ['0', '1']) pair('train', id, Number(id), mask(...new Array<number>(40).fill(0), 1));
    const rare = maskOf(0);
    rare.data.fill(4, 0, 3);
    pair('train', 'rare', 40, encodeMask(rare));
    const val = maskOf(0);
    val.data.fill(5, 0, 20);
    pair('val', '2', 2, encodeMask(val));
    const report = await examined();
    expect(finding(report, 'class-absent')?.where).toEqual(['door', 'ghost']);
    expect(finding(report, 'class-not-in-train')).toMatchObject({ severity: 'error', where: ['cat'] });
    expect(finding(report, 'class-rare')?.where).toEqual(['lamp']);
    expect(finding(report, 'class-dominates')?.message).toMatch(/floor 9\d\.\d %/);
    expect(report.classes[4]!.weight).toBeGreaterThan(report.classes[1]!.weight);
    expect(report.classes[3]!.weight).toBe(0);
  });

  it('finds pictures that are in two splits, or look like one of another', async () => {
    pair('val', 'copy', 0, mask(0, 1, 2));
    put('images/val/frame.png', encodePng(picture(1, 6)));
    put('masks/val/frame.png', mask(0, 1, 2));
    const report = await examined();
    expect(finding(report, 'same-in-splits')).toMatchObject({ severity: 'error', where: ['val/copy'] });
    expect(finding(report, 'same-in-splits')?.message).toContain('val/copy and train/0');
    expect(finding(report, 'alike-in-splits')).toMatchObject({ severity: 'warning', where: ['val/frame'] });
    expect(codes(await examined({ split: 'val' }))).toEqual([]);
  });

  it('finds pictures that EXIF turns', async () => {
    const turned = sharp(encodePng(picture(0))).withMetadata({ orientation: 3 });
    rmSync(join(folder, 'images/train/0.png'));
    put('images/train/0.jpg', await turned.jpeg().toBuffer());
    expect(finding(await examined(), 'image-turned')).toMatchObject({ severity: 'warning', where: ['train/0'] });
  });

  it('does not take VOC’s trainval for a split of its own', async () => {
    for (const id of ['0', '1', '2']) {
      put(`JPEGImages/${id}.jpg`, encodePng(picture(Number(id))));
      put(`SegmentationClass/${id}.png`, mask(0, 1));
    }
    for (const [name, ids] of Object.entries({ train: '0\n1', val: '2', trainval: '0\n1\n2' }))
      put(`ImageSets/Segmentation/${name}.txt`, ids);
    const report = await doctor(`voc:${folder}`);
    expect(report.splits.map(({ name }) => name)).toEqual(['train', 'val']);
    expect(codes(report)).not.toContain('same-in-splits');
  });

  it('puts the worst first, tells how far it is, and stops when it is aborted', async () => {
    pair('train', 'bad', 9, mask(0, 1, 2, 7));
    put('images/train/alone.png', encodePng(picture(30)));
    const steps: (number | undefined)[] = [];
    const report = await doctor(
      { kind: 'pairs', path: folder },
      { onProgress: ({ completed, total }) => steps.push(completed, total) },
    );
    expect(report.findings.map(({ severity }) => severity)).toEqual(['error', 'warning']);
    expect(steps).toEqual([1, 4, 2, 4, 3, 4, 4, 4]);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(doctor({ kind: 'pairs', path: folder }, { signal })).rejects.toThrow('enough');
  });

  it('says what cannot be opened at all', async () => {
    await expect(doctor('kitti:x')).rejects.toMatchObject({ code: 'DATASET_KIND' });
    await expect(doctor(`voc:${join(folder, 'nothing')}`)).rejects.toMatchObject({ code: 'DATASET_FOLDER' });
  });

  it('looks at made-up streets too', async () => {
    const report = await doctor({ kind: 'street', count: 2, width: 64, height: 48 }, { limit: 1 });
    expect(report.splits).toEqual([{ name: 'all', images: 1 }]);
    expect(report.findings.every(({ severity }) => severity !== 'error')).toBe(true);
  });
});

describe.skipIf(data === undefined)('real data sets', () => {
  it('finds nothing wrong with CamVid, and its rare classes', { timeout: 300_000 }, async () => {
    const report = await doctor(`camvid:${join(data!, 'camvid')}`, { limit: 12 });
    expect(report.splits).toEqual([
      { name: 'train', images: 12 },
      { name: 'val', images: 12 },
    ]);
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(finding(report, 'class-rare')?.where).toContain('Pole');
    const [sky, road] = [report.classes[0]!, report.classes[3]!];
    expect(road.share).toBeGreaterThan(sky.share);
    expect(road.images).toBe(24);
  });
});

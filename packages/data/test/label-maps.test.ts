import {
  ade20k,
  ade20k150,
  camvid,
  cityscapes,
  cocoStuff,
  genericLabels,
  labelMaps,
  personParts,
  portrait,
  voc2012,
  vocPalette,
} from '@atrous/data';
import { dataFolder } from '@atrous/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const data = dataFolder();

describe('label maps', () => {
  it.each(labelMaps.map((labels) => [labels.name, labels] as const))(
    '%s has ids from 0 without gaps, and names once',
    (_, labels) => {
      expect(labels.classes.map(({ id }) => id)).toEqual([...labels.classes.keys()]);
      expect(new Set(labels.classes.map(({ name }) => name)).size).toBe(labels.classes.length);
      for (const { color } of labels.classes) expect(color.every((value) => value >= 0 && value <= 255)).toBe(true);
    },
  );

  it('have as many classes as their data sets', () => {
    expect(labelMaps.map(({ name, classes, ignoreLabel }) => [name, classes.length, ignoreLabel])).toEqual([
      ['voc2012', 21, 255],
      ['cityscapes', 19, 255],
      ['camvid', 11, 11],
      ['ade20k', 151, 0],
      ['ade20k-150', 150, 255],
      ['coco-stuff', 182, 255],
      ['person-parts', 7, 255],
      ['portrait', 2, 255],
    ]);
    expect(labelMaps).toEqual([voc2012, cityscapes, camvid, ade20k, ade20k150, cocoStuff, personParts, portrait]);
  });

  it('have the colours of the VOC palette where VOC is meant', () => {
    // From the table of the devkit.
    expect(voc2012.classes[9]).toEqual({ id: 9, name: 'chair', color: [192, 0, 0] });
    expect(voc2012.classes[15]).toEqual({ id: 15, name: 'person', color: [192, 128, 128] });
    expect(voc2012.classes[20]).toEqual({ id: 20, name: 'tvmonitor', color: [0, 64, 128] });
    expect(vocPalette(256)[255]).toEqual([224, 224, 192]);
    expect(new Set(vocPalette(256).map((color) => color.join())).size).toBe(256);
  });
});

describe('genericLabels', () => {
  it('names and numbers classes, with a black first', () => {
    const labels = genericLabels(3);
    expect(labels.name).toBe('generic-3');
    expect(labels.classes.map(({ id, name }) => [id, name])).toEqual([
      [0, 'class 0'],
      [1, 'class 1'],
      [2, 'class 2'],
    ]);
    expect(labels.classes[0]!.color).toEqual([0, 0, 0]);
    expect(genericLabels(2, 'cells').name).toBe('cells');
  });

  it('has colours that can be told apart', () => {
    const colors = genericLabels(32).classes.map(({ color }) => color);
    const distances = colors.flatMap((a, i) =>
      colors.slice(i + 1).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
    );
    expect(Math.min(...distances)).toBeGreaterThan(50);
    expect(new Set(genericLabels(256).classes.map(({ color }) => color.join())).size).toBe(256);
  });

  it.each([0, -1, 1.5, 65_537, Number.NaN])('refuses %d classes', (count) => {
    expect(() => genericLabels(count)).toThrow(expect.objectContaining({ name: 'ShapeError' }));
  });
});

describe.skipIf(data === undefined)('files that came with the data sets', () => {
  it('agree with CamVid', () => {
    interface Entry {
      readonly index: number;
      readonly name: string;
      readonly colour: readonly number[];
      readonly ignore: boolean;
    }
    const entries = JSON.parse(readFileSync(join(data!, 'camvid/classes.json'), 'utf8')) as Entry[];
    const [classes, ignored] = [entries.filter(({ ignore }) => !ignore), entries.filter(({ ignore }) => ignore)];
    expect(camvid.classes).toEqual(classes.map(({ index, name, colour }) => ({ id: index, name, color: colour })));
    expect(ignored.map(({ index }) => index)).toEqual([camvid.ignoreLabel]);
  });

  it('agree with the order of ADE20K', () => {
    const lines = readFileSync(join(data!, 'ade20k-samples/objectInfo150.txt'), 'utf8').trim().split('\n').slice(1);
    expect(lines).toHaveLength(150);
    const known = ['wall', 'building', 'sky', 'floor', 'tree', 'ceiling', 'road', 'bed', 'grass', 'flag'];
    for (const name of known) {
      const line = lines.find(
        (text) =>
          text
            .split('\t')
            .at(-1)!
            .trim()
            .split(/[;,] */)[0] === name,
      )!;
      expect(ade20k.classes[Number(line.split('\t')[0])]!.name).toBe(name);
    }
  });
});

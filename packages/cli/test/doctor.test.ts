import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeMask } from '@atrous/data';
import type { DoctorReport } from '@atrous/data/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { newFolder, picture } from './image-zoo.ts';
import { atrous } from './run-atrous.ts';

const SIDE = 24;
const maskOf = (...ids: readonly number[]): Uint8Array =>
  encodeMask({ width: SIDE, height: SIDE, data: new Uint8Array(SIDE * SIDE).map((_, i) => ids[i % ids.length] ?? 0) });

let folder: string;
beforeAll(async () => {
  folder = newFolder();
  for (const name of ['images', 'masks']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'classes.txt'), 'floor\nwall\n');
  for (const id of ['a', 'b']) {
    await picture(SIDE, SIDE)
      .png()
      .toFile(join(folder, 'images', `${id}.png`));
    writeFileSync(join(folder, 'masks', `${id}.png`), maskOf(0, 1, 1, 255));
  }
});

describe('doctor', () => {
  it('prints splits and classes, and exits with 0 when nothing is wrong', async () => {
    const { code, stdout, stderr } = await atrous(['doctor', `pairs:${folder}`]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^pictures +all 2\nclasses +2 \(classes\); 25\.0 % of the pixels do not count\n/);
    expect(stdout).toMatch(/\nwall +66\.7 % +2 +576 +1\.00\n/);
    expect(stdout).toMatch(/nothing is wrong\n$/);
  });

  it('says what is wrong and what to do, and exits with 1', async () => {
    writeFileSync(join(folder, 'masks/b.png'), maskOf(0, 9));
    const { code, stdout, stderr } = await atrous(['doctor', 'data'], { cwd: join(folder, '..') });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/DATASET_FOLDER/);
    const named = await atrous(['doctor', '.'], { cwd: folder });
    expect(named).toMatchObject({ code: 1, stderr: '' });
    expect(named.stdout).toMatch(
      /error 1: masks have values .+ \(value 9\) \[value-outside\]\n {2}where: all\/b\n {2}next: {2}check the kind/,
    );
  });

  it('prints JSON', async () => {
    const { code, stdout } = await atrous(['doctor', `pairs:${folder}`, '--limit', '1', '--json']);
    const report = JSON.parse(stdout) as DoctorReport;
    expect(code).toBe(0);
    expect(report.splits).toEqual([{ name: 'all', images: 1 }]);
    expect(report.findings).toEqual([]);
    expect(report.classes.map(({ name }) => name)).toEqual(['floor', 'wall']);
  });

  it.each([
    [['kitti:x'], 1, 'the kinds are'],
    [['pairs:missing'], 1, '[DATASET_FOLDER]'],
    [[], 2, 'dataset'],
    [['x', '--limit', '0'], 2, 'at least 1'],
  ])('%j exits with %i', async (flags, code, expected) => {
    expect(await atrous(['doctor', ...flags])).toMatchObject({
      code,
      stderr: expect.stringContaining(expected) as string,
    });
  });
});

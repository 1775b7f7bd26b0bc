import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '@atrous/testing';
import { describe, expect, it } from 'vitest';
import type { TuningReport } from '../../src/crf-tune/tune.ts';
import { newFolder } from '../image-zoo.ts';
import { atrous } from '../run-atrous.ts';

const voc = join(dataFolder() ?? '', 'voc2012');

/** Label maps of DeepLab v1's authors before the CRF. With their CRF, and the logits that it had, they reached 68.9 % and 89.4 %. */
describe.skipIf(!existsSync(join(voc, 'deeplab-v1-paper')))('the dense CRF on label maps of DeepLab v1', () => {
  it.each([
    ['res_none', 19, 62.0, 68.0],
    ['vgg128_ms_none', 14, 80.8, 87.0],
  ])('raises the mean IoU of %s', { timeout: 600_000 }, async (maps, images, before, after) => {
    const setting = [
      '--bilateral-weight',
      '5',
      '--bilateral-xy-std',
      '70',
      '--bilateral-rgb-std',
      '6',
      '--rounds',
      '1',
    ];
    const data = ['--predictions', join(voc, 'deeplab-v1-paper', maps), '--dataset', `voc:${voc}`];
    const log = join(newFolder(), 'tune.jsonl');
    const { code, stdout } = await atrous(['crf-tune', ...data, ...setting, '--log', log, '--json']);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as TuningReport;
    expect(report.images).toBe(images);
    expect(100 * report.withoutCrf).toBeCloseTo(before, 1);
    expect(100 * report.best.score).toBeGreaterThan(after);
  });
});

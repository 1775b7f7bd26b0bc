import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePng } from '@atrous/data';
import { describe, expect, it } from 'vitest';
import { newFolder } from './image-zoo.ts';
import { atrous } from './run-atrous.ts';

describe('demo', () => {
  it('segments a made-up street, prints the IoU of each class and writes three pictures', async () => {
    const out = newFolder();
    const { code, stdout, stderr } = await atrous(['demo', '--seed', '7', '--out', out, '--backend', 'wasm']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/a street drawn from seed 7, 320×240, segmented on wasm/);
    expect(stdout).toMatch(/Road +9\d\.\d/);
    expect(readdirSync(out).toSorted()).toEqual(['street-7.overlay.png', 'street-7.png', 'street-7.truth.png']);
    for (const file of readdirSync(out))
      expect(decodePng(readFileSync(join(out, file)))).toMatchObject({ width: 320, height: 240 });
  });

  it('draws another street each time, of any size, and scores it in JSON', async () => {
    const out = newFolder();
    const draw = async () => {
      const { stdout } = await atrous(['demo', '--width', '480', '--height', '300', '--out', out, '--json']);
      return JSON.parse(stdout) as {
        readonly seed: number;
        readonly meanIou: Readonly<Record<string, number>>;
        readonly pixelAccuracy: number;
        readonly classes: readonly unknown[];
      };
    };
    const [first, second] = [await draw(), await draw()];
    expect(first.seed).not.toBe(second.seed);
    for (const { seed, meanIou, pixelAccuracy, classes } of [first, second]) {
      expect(decodePng(readFileSync(join(out, `street-${seed}.png`)))).toMatchObject({ width: 480, height: 300 });
      expect(classes).toHaveLength(11);
      // Even of a street in fog at night.
      expect(pixelAccuracy).toBeGreaterThan(0.5);
      expect(meanIou['exclude-truth']).toBeGreaterThan(0.2);
    }
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeMask } from '@atrous/data';
import { presets, type Preset } from '@atrous/models';
import { expect, it } from 'vitest';
import { writeCheckpoint } from './checkpoint.ts';
import { newFolder, picture } from './image-zoo.ts';
import { atrous } from './run-atrous.ts';

/** Yu and Koltun's front end with a few channels. */
const model = {
  name: 'dilated-front-end',
  config: {
    backbone: { name: 'vgg16', depthMultiplier: 0.01, pools: 'firstThree', padding: 'valid' },
    head: { name: 'large-fov', kernel: 7, atrousRate: 4, channels: 8, averagePool: false, padding: 'valid' },
    numClasses: 21,
  },
};

function writeConfig(border?: number): string {
  const { preprocessing } = presets[0] as Preset;
  const fit = { mode: 'multiple', of: 8, plus: 0 };
  const path = join(newFolder(), 'config.json');
  writeFileSync(path, JSON.stringify({ model, preprocessing: { ...preprocessing, fit, border } }));
  return path;
}

async function segment(config: string) {
  const folder = newFolder();
  const photo = join(folder, 'photo.png');
  await picture(40, 24).png().toFile(photo);
  const checkpoint = writeCheckpoint({ ...(presets[0] as Preset), model });
  const out = join(folder, 'mask.png');
  const flags = ['--checkpoint', checkpoint, '--model', config, '--mask', '--out', out];
  return { out, ...(await atrous(['segment', photo, ...flags])) };
}

it('segments with a network that does not pad, given the border that it loses', async () => {
  const { code, stderr, out } = await segment(writeConfig(186));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(decodeMask(readFileSync(out))).toMatchObject({ width: 40, height: 24 });
});

it('says that such a network needs a border', async () => {
  const { code, stderr } = await segment(writeConfig());
  expect(code).toBe(1);
  expect(stderr).toContain("the network's logits cover");
  expect(stderr).toContain('[COVERAGE]');
  expect(stderr).toContain('hint: set `border` of the preprocessing');
});

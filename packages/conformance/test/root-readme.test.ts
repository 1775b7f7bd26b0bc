import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { voc2012 } from '@atrous/data';
import { buildModel, presets } from '@atrous/models';
import { dataFolder, runSnippet } from '@atrous/testing';
import { createBundle, nameMaps, recognizeNetwork } from '@atrous/weights';
import { openCheckpoint, writeBundle } from '@atrous/weights/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const readme = fileURLToPath(new URL('../../../README.md', import.meta.url));
const data = dataFolder();

describe.skipIf(data === undefined)('the program in the README', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'atrous-readme-'));
    const networks = presets.map((preset) => ({ ...preset, graph: buildModel(preset.model) }));
    const checkpoint = await openCheckpoint(join(data!, 'deeplabv3-mnv2-dm05-voc-257/deeplabv3_257_mv_gpu.tflite'));
    const { network, weights } = recognizeNetwork(networks, checkpoint, nameMaps);
    await writeBundle(join(folder, 'voc-257'), createBundle({ ...network, weights, labels: voc2012 }));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('prints the classes in a photo', async () => {
    const printed = await runSnippet(readme, {
      "'voc-257'": JSON.stringify(join(folder, 'voc-257')),
      'photo.jpg': join(data!, 'voc2012/JPEGImages/2007_000129.jpg'),
    });
    expect(printed.map((line) => line.split(' ')[0])).toEqual(['background', 'person', 'bicycle']);
  });
});

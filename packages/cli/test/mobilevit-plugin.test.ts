import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parametersOf, sizeOf, type Plugin, type Tensor } from '@atrous/core';
import { buildModel } from '@atrous/models';
import { writeSafetensors } from '@atrous/weights';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { NetworkDescription } from '../src/describe/describe-graph.ts';
import { newFolder, picture } from './image-zoo.ts';
import { atrous } from './run-atrous.ts';

const entry = new URL('../../../docs/examples/mobilevit/index.js', import.meta.url);
const plugin = ['--plugin', fileURLToPath(entry)];
const backbone = { name: 'mobilevit', channels: [8, 8, 8, 16, 16, 16], hiddenSizes: [8, 8, 8] };
const model = { name: 'deeplab-v3', config: { backbone, head: { name: 'aspp', channels: 8 } } };

/** A folder with a small network upon the plugin's backbone, as a config.json and a checkpoint. */
async function writeSmallNetwork(): Promise<string> {
  const folder = newFolder();
  const exported = Object.values((await import(entry.href)) as Record<string, Plugin>);
  const tensors = new Map<string, Tensor>();
  for (const { name, shape } of parametersOf(buildModel(model, exported)).values())
    tensors.set(name, { shape, data: Float32Array.from({ length: sizeOf(shape) }, (_, i) => 0.01 + (i % 7) / 100) });
  writeFileSync(join(folder, 'model.safetensors'), writeSafetensors(tensors));
  const preprocessing = {
    channelOrder: 'rgb',
    mean: [0, 0, 0],
    std: [255, 255, 255],
    fit: { mode: 'pad', size: [64, 64], value: 0 },
    upsample: 'halfPixel',
    enlarge: 'bilinear',
  };
  writeFileSync(join(folder, 'small.json'), JSON.stringify({ model, preprocessing }));
  return folder;
}

describe('the example plugin', () => {
  it('is listed with its backbone and its ops', async () => {
    const { code, stdout } = await atrous([...plugin, 'plugins']);
    expect(code).toBe(0);
    for (const name of [
      'mobilevit',
      'mobilevit-layer-norm',
      'mobilevit-patch-attention',
      'mobilevit-enlarge-to-patches',
    ])
      expect(stdout).toContain(name);
  });

  it('gives networks of this house its backbone', async () => {
    const head = ['--set', 'head={"name":"aspp","imagePooling":"last"}'];
    const argv = [...plugin, 'describe', 'deeplabv3', '--backbone', 'mobilevit', ...head, '--size', '64', '--json'];
    const { code, stdout, stderr } = await atrous(argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { parameters, outputStride } = JSON.parse(stdout) as NetworkDescription;
    // As Hugging Face Transformers has them, without running means and variances: 6,372,026 numbers in all.
    expect(parameters).toBe(6_357_941);
    expect(outputStride).toBe(16);
  });

  it('makes bundles that segment, and says what is missing without it', async () => {
    const cwd = await writeSmallNetwork();
    await picture(40, 30).png().toFile(join(cwd, 'photo.png'));
    const convert = ['convert', 'model.safetensors', '--model', 'small.json', '--out', 'bundle'];
    expect(await atrous([...plugin, ...convert], { cwd })).toMatchObject({ code: 0 });
    const segment = ['segment', 'photo.png', '--bundle', 'bundle', '--mask', '--out', 'results'];
    expect(await atrous([...plugin, ...segment], { cwd })).toMatchObject({ code: 0, stderr: '' });
    expect(await sharp(join(cwd, 'results/photo.mask.png')).metadata()).toMatchObject({ width: 40, height: 30 });
    expect(await atrous(segment, { cwd })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/uses the op "mobilevit-\S+", whose definition was not given/) as string,
    });
  });
});

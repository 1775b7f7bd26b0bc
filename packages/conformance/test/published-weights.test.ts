import type { Runtime, Tensor } from '@atrous/core';
import { decodeImage } from '@atrous/data/node';
import { buildModel, presets, type Preset } from '@atrous/models';
import { referenceRuntime } from '@atrous/runtime-reference';
import { cpu } from '@atrous/runtime-tfjs/cpu';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { webgpu } from '@atrous/runtime-tfjs/webgpu';
import { dataFolder, largestDifference } from '@atrous/testing';
import { detectNameMap, importWeights, nameMaps, readNpy } from '@atrous/weights';
import { openCheckpoint } from '@atrous/weights/node';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = dataFolder() ?? '';

interface Published {
  readonly preset: string;
  readonly checkpoint: string;
  readonly nameMap: string;
  readonly image: string;
  readonly logits: string;
  readonly runtime: Runtime;
}

const voc = 'deeplabv3-mnv2-voc-npy';
const small = 'deeplabv3-mnv2-dm05-voc-257';
const portrait = 'deeplabv3-mnv2-dm05-portrait';

const cases: readonly Published[] = [
  {
    preset: 'deeplabv3-mobilenetv2-voc',
    checkpoint: `${voc}/weights`,
    nameMap: 'google-folded',
    image: 'voc2012/JPEGImages/2007_000129.jpg',
    logits: `${voc}/reference/2007_000129.logits65.npy`,
    runtime: wasm(),
  },
  {
    preset: 'deeplabv3-mobilenetv2-dm05-voc',
    checkpoint: `${small}/deeplabv3_257_mv_gpu.tflite`,
    nameMap: 'google-tflite',
    image: `${small}/reference/2008_004654.input257.png`,
    logits: `${small}/reference/2008_004654.logits33.npy`,
    runtime: referenceRuntime(),
  },
  {
    preset: 'deeplabv3-mobilenetv2-dm05-portrait',
    checkpoint: `${portrait}/repacked/portrait.npz`,
    nameMap: 'google',
    image: `${portrait}/reference/grace_hopper.input.png`,
    logits: `${portrait}/reference/grace_hopper.logits65.npy`,
    runtime: referenceRuntime(),
  },
];

const gpu = webgpu();
const gpuWorks = await gpu.available();
if (!gpuWorks.available) console.warn(`skipped: webgpu in Node, ${gpuWorks.reason}`);

/** Both networks of PASCAL VOC on every other backend. A GPU that is simulated takes a minute for the large one. */
const elsewhere: readonly Published[] = [
  ...[cpu(), ...(gpuWorks.available ? [gpu] : [])].flatMap((runtime) =>
    cases.slice(0, 2).map((published) => ({ ...published, runtime })),
  ),
  { ...(cases[0] as Published), runtime: referenceRuntime() },
];

const presetNamed = (name: string): Preset => presets.find((preset) => preset.name === name) as Preset;

/** Pastes the picture at the top left of the network's canvas, without a resize: the pictures here fit. */
async function networkInput(path: string, { preprocessing }: Preset): Promise<Tensor> {
  const { fit, mean, std } = preprocessing;
  if (fit.mode === 'multiple') throw new Error('no case here has that fit');
  const [height, width] = fit.size;
  const picture = await decodeImage(path);
  const data = new Float32Array(height * width * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++) {
        const inside = y < picture.height && x < picture.width;
        const fill = fit.mode === 'pad' ? fit.value : NaN;
        const value = inside ? (picture.data[(y * picture.width + x) * 4 + c] ?? NaN) : fill;
        data[(y * width + x) * 3 + c] = (value - (mean[c] ?? 0)) / (std[c] ?? 1);
      }
  return { shape: [1, height, width, 3], data };
}

describe.skipIf(root === '')('published weights', () => {
  it.each([...cases, ...elsewhere])(
    '$preset computes the logits of its source on $runtime.name',
    { timeout: 600_000 },
    async (published) => {
      const preset = presetNamed(published.preset);
      const graph = buildModel(preset.model);
      const checkpoint = await openCheckpoint(join(root, published.checkpoint));
      const nameMap = detectNameMap(graph, checkpoint, nameMaps);
      expect(nameMap.name).toBe(published.nameMap);
      const { weights, report } = importWeights(graph, checkpoint, nameMap);
      expect({ missing: report.missing, unexpected: report.unexpected }).toEqual({ missing: [], unexpected: [] });
      using executable = await published.runtime.compile(graph, weights);
      const { logits } = await executable.run(await networkInput(join(root, published.image), preset));
      const expected = readNpy(readFileSync(join(root, published.logits)));
      expect(largestDifference((logits as Tensor).data, expected.data as Float32Array).value).toBeLessThan(1e-3);
    },
  );
});

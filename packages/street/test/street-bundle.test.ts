import { streetDataset } from '@atrous/data';
import { createConfusionMatrix, meanIou } from '@atrous/metrics';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { webgpu } from '@atrous/runtime-tfjs/webgpu';
import { createSegmenter } from '@atrous/segmenter/node';
import { streetBundle } from '@atrous/street';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { labelsAlike, UNSEEN } from './support/labels-alike.ts';

const bundleFolder = fileURLToPath(new URL('../bundle', import.meta.url));

const evaluation = JSON.parse(readFileSync(`${bundleFolder}/../training/evaluation.json`, 'utf8')) as {
  readonly meanIou: { readonly 'exclude-both': number };
};

const bundle = await streetBundle();

const gpu = webgpu();
const gpuWorks = await gpu.available();
if (!gpuWorks.available) console.warn(`skipped: webgpu in Node, ${gpuWorks.reason}`);

describe('the network that comes along', () => {
  it('is at most 3 MB of weights', () => {
    expect(statSync(`${bundleFolder}/weights.safetensors`).size).toBeLessThanOrEqual(3_000_000);
  });

  it('labels 200 made-up streets that it has not seen as well as its evaluation says', async () => {
    using segmenter = await createSegmenter({ bundle, runtime: wasm() });
    const { labels, samples } = streetDataset({ seed: UNSEEN, count: 200 });
    const matrix = createConfusionMatrix(labels.classes.length, { ignoreLabel: labels.ignoreLabel });
    for (const sample of samples) {
      const { image, mask } = await sample.open();
      matrix.add(mask.data, (await segmenter.segment(image)).labels);
    }
    expect(meanIou(matrix)).toBeGreaterThanOrEqual(0.75);
    expect(meanIou(matrix)).toBeCloseTo(evaluation.meanIou['exclude-both'], 3);
  });

  it.each([wasm(), ...(gpuWorks.available ? [gpu] : [])])('labels alike on $name and cpu', async (runtime) => {
    expect(await labelsAlike(runtime)).toBeGreaterThanOrEqual(0.999);
  });
});

describe('streetBundle', () => {
  it('reads from another folder, and says when there is nothing', async () => {
    expect((await streetBundle({ from: pathToFileURL(bundleFolder) })).manifest).toEqual(bundle.manifest);
    await expect(streetBundle({ from: 'http://127.0.0.1:9/none' })).rejects.toMatchObject({ code: 'BUNDLE_FETCH' });
    await expect(streetBundle({ from: pathToFileURL('/no/such/folder') })).rejects.toMatchObject({
      code: 'BUNDLE_FILE',
    });
  });

  it('stops when it is aborted', async () => {
    const reason = new Error('no longer needed');
    await expect(streetBundle({ signal: AbortSignal.abort(reason) })).rejects.toThrow(reason);
  });
});

import type { BackboneFactory, OpDefinition } from '@atrous/core';
import { aspp } from '@atrous/heads';
import { deeplabV3 } from '@atrous/models';
import { goldensFolder, testBackbone } from '@atrous/testing';
import type { NameMap } from '@atrous/weights';
import { describe, expect, it } from 'vitest';
import { runGoldens, type GoldenResult } from '../src/index.ts';
import type { NetworkCase } from '../src/networks/network-case.ts';
import { loadRuntime } from '../src/runtimes.ts';

interface MobilevitOptions {
  readonly channels: readonly number[];
  readonly hiddenSizes: readonly number[];
  readonly expansion: number;
  readonly epsilon: number;
}

/** What the plugin exports, loaded by its path as the command does. */
interface MobilevitPlugin {
  readonly mobilevit: BackboneFactory<'mobilevit', MobilevitOptions>;
  readonly enlargeToPatches: OpDefinition;
  readonly layerNorm: OpDefinition;
  readonly patchAttention: OpDefinition;
  readonly huggingFaceNames: NameMap;
}

const entry = new URL('../../../docs/examples/mobilevit/index.js', import.meta.url);
const plugin = (await import(entry.href)) as MobilevitPlugin;
const { mobilevit, huggingFaceNames } = plugin;
const ops = [plugin.enlargeToPatches, plugin.layerNorm, plugin.patchAttention];

testBackbone(mobilevit, {
  ops,
  options: [{ channels: [16, 16, 24, 48, 64, 80], hiddenSizes: [64, 80, 96], expansion: 2 }],
});

interface Config {
  readonly output_stride: number;
  readonly num_labels: number;
  readonly hidden_sizes: readonly number[];
  readonly neck_hidden_sizes: readonly number[];
}

const huggingFaceMobilevit: NetworkCase = {
  matches: ({ family }) => family === 'deeplabv3 mobilevit',
  build({ config }) {
    const options = config as unknown as Config;
    const graph = deeplabV3({
      backbone: mobilevit({ channels: options.neck_hidden_sizes.slice(0, 6), hiddenSizes: options.hidden_sizes }),
      head: aspp({ imagePooling: 'last' }),
      numClasses: options.num_labels,
      outputStride: options.output_stride,
    });
    return { graph, nameMap: huggingFaceNames, ops };
  },
};

const folder = goldensFolder();

describe.skipIf(folder === undefined)('DeepLab v3 with MobileViT, a plugin', () => {
  it.each([
    ['64x96', 'reference'],
    ['256x320', 'wasm'],
  ])('answers as Hugging Face Transformers at %s, on %s', { timeout: 120_000 }, async (size, runtime) => {
    const id = `networks/hf_deeplabv3_mobilevit_small/${size}`;
    const results: GoldenResult[] = [];
    const options = { folder: folder ?? '', filter: id, cases: [huggingFaceMobilevit] };
    for await (const result of runGoldens({ ...options, runtime: await loadRuntime(runtime) })) results.push(result);
    expect(results).toEqual([{ id, status: 'passed', detail: results[0]?.detail }]);
  });
});

import type { BackboneFactory, OpDefinition } from '@atrous/core';
import { aspp } from '@atrous/heads';
import { deeplabV3 } from '@atrous/models';
import type { NameMap } from '@atrous/weights';
import type { NetworkCase } from './network-case.ts';

/** Options of the plugin's backbone. */
export interface MobilevitOptions {
  readonly channels: readonly number[];
  readonly hiddenSizes: readonly number[];
  readonly expansion: number;
  readonly epsilon: number;
}

/** What `docs/examples/mobilevit` exports. */
export interface MobilevitPlugin {
  readonly mobilevit: BackboneFactory<'mobilevit', MobilevitOptions>;
  readonly enlargeToPatches: OpDefinition;
  readonly layerNorm: OpDefinition;
  readonly patchAttention: OpDefinition;
  readonly huggingFaceNames: NameMap;
}

/** Loads the plugin by its path, as the command does with `--plugin`: nothing here depends on it. */
export const loadMobilevit = async (): Promise<MobilevitPlugin> =>
  (await import(
    /* @vite-ignore */ new URL('../../../../docs/examples/mobilevit/index.js', import.meta.url).href
  )) as MobilevitPlugin;

/** The plugin's ops. */
export const opsOf = (plugin: MobilevitPlugin): readonly OpDefinition[] => [
  plugin.enlargeToPatches,
  plugin.layerNorm,
  plugin.patchAttention,
];

/** What the configuration of a Hugging Face network says, where our network depends on it. */
interface Config {
  readonly output_stride: number;
  readonly num_labels: number;
  readonly hidden_sizes: readonly number[];
  readonly neck_hidden_sizes: readonly number[];
  readonly expand_ratio?: number;
  readonly atrous_rates?: readonly number[];
}

/** DeepLab v3 with MobileViT of Hugging Face Transformers, on the backbone of a plugin. */
export const mobilevitPlugin: NetworkCase = {
  matches: ({ source, family }) => source === 'huggingface/transformers' && family === 'deeplabv3 mobilevit',
  async build({ config }) {
    const plugin = await loadMobilevit();
    const options = config as unknown as Config;
    const { expand_ratio: expansion = 4, atrous_rates: rates = [6, 12, 18], output_stride: outputStride } = options;
    const graph = deeplabV3({
      backbone: plugin.mobilevit({
        channels: options.neck_hidden_sizes.slice(0, 6),
        hiddenSizes: options.hidden_sizes,
        expansion,
      }),
      // Its rates are the same at every output stride; ours are given for 16.
      head: aspp({ imagePooling: 'last', atrousRates: rates.map((rate) => (rate * outputStride) / 16) }),
      numClasses: options.num_labels,
      outputStride,
    });
    return { graph, nameMap: plugin.huggingFaceNames, ops: opsOf(plugin) };
  },
};

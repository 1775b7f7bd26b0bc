import { buildModel, presets, type Preset } from '@atrous/models';
import type { NameMap } from '@atrous/weights';
import { isNetworkOf, numberOf, upsampleOf } from './description.ts';
import type { NetworkCase, NetworkDescription } from './network-case.ts';

const presetNamed = (name: string): Preset => presets.find((preset) => preset.name === name) as Preset;

/** The network of a preset, with the classes and the output stride of the case. */
function buildPreset({ model }: Preset, description: NetworkDescription) {
  const numClasses = numberOf(description, 'classes');
  const outputStride = numberOf(description, 'output_stride');
  return buildModel({ name: model.name, config: { ...model.config, numClasses, outputStride } });
}

/** Ports call MobileNetV2 by either name. */
const MOBILENET_V2 = ['mobilenet', 'mobilenetv2'];

/**
 * The cases of a PyTorch port with one backbone: they prove its presets, and its name map.
 *
 * @param author of the repository that is the case's source.
 * @param presetOf names of presets by the case's family.
 * @param backbones names of the backbone; MobileNetV2 when absent.
 */
export const portNetwork = (
  author: string,
  nameMap: NameMap,
  presetOf: Readonly<Record<string, string>>,
  backbones: readonly string[] = MOBILENET_V2,
): NetworkCase => ({
  matches: (description) =>
    isNetworkOf(description, author, Object.keys(presetOf), backbones) && description.separable !== true,
  build: (description) => ({
    graph: buildPreset(presetNamed(presetOf[description.family as string] as string), description),
    nameMap,
    upsample: upsampleOf(description),
  }),
});

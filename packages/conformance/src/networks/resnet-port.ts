import { buildModel, presets, type Preset } from '@atrous/models';
import type { Json } from '@atrous/core';
import type { NameMap } from '@atrous/weights';
import { numberOf, resnetDepthOf, textOf, upsampleOf } from './description.ts';
import type { NetworkCase, NetworkDescription } from './network-case.ts';

const presetNamed = (name: string | undefined): Preset => presets.find((preset) => preset.name === name) as Preset;

/** Makes the 3×3 convolutions of a part separable, the way VainF's option does. */
const separable = (part: Json | undefined): Json | undefined =>
  part && { ...(part as Readonly<Record<string, Json>>), separable: true, depthwiseNorm: false };

/** The network of a preset, with the depth, the classes, the output stride and the convolutions of the case. */
function buildPreset({ model: { name, config } }: Preset, description: NetworkDescription) {
  const { backbone, head, decoder } = config;
  const parts = description.separable === true ? { head: separable(head), decoder: separable(decoder) } : {};
  return buildModel({
    name,
    config: {
      ...config,
      ...(parts as Readonly<Record<string, Json>>),
      backbone: { ...(backbone as Readonly<Record<string, Json>>), depth: resnetDepthOf(description) ?? 0 },
      numClasses: numberOf(description, 'classes'),
      outputStride: numberOf(description, 'output_stride'),
    },
  });
}

/**
 * The cases of a PyTorch port with ResNet: they prove its presets, and its name map.
 *
 * @param author of the repository that is the case's source.
 * @param presetOf names of presets by the case's family.
 */
export const resnetPort = (
  author: string,
  nameMap: NameMap,
  presetOf: Readonly<Record<string, string>>,
): NetworkCase => ({
  matches: (description) =>
    textOf(description, 'source').startsWith(`${author}/`) &&
    Object.hasOwn(presetOf, textOf(description, 'family')) &&
    resnetDepthOf(description) !== undefined,
  build: (description) => ({
    graph: buildPreset(presetNamed(presetOf[textOf(description, 'family')]), description),
    nameMap,
    upsample: upsampleOf(description),
  }),
});

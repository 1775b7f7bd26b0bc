import { buildModel } from '@atrous/models';
import type { Json } from '@atrous/core';
import type { NameMap } from '@atrous/weights';
import { resnetDepthOf, textOf, upsampleOf } from './description.ts';
import { namedNetwork } from './named-network.ts';
import type { NetworkCase, NetworkDescription } from './network-case.ts';

/** A preset's network with the depth of the case. */
function buildNetwork(name: string | undefined, description: NetworkDescription) {
  const { name: model, config } = namedNetwork(name, description);
  const backbone = { ...(config.backbone as Readonly<Record<string, Json>>), depth: resnetDepthOf(description) ?? 0 };
  return buildModel({ name: model, config: { ...config, backbone } });
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
    graph: buildNetwork(presetOf[textOf(description, 'family')], description),
    nameMap,
    upsample: upsampleOf(description),
  }),
});

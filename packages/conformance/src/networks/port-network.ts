import { buildModel } from '@atrous/models';
import type { NameMap } from '@atrous/weights';
import { isNetworkOf, textOf, upsampleOf } from './description.ts';
import { namedNetwork } from './named-network.ts';
import type { NetworkCase } from './network-case.ts';

/** Ports call MobileNetV2 by either name. */
const MOBILENET_V2 = ['mobilenet', 'mobilenetv2'];

/**
 * The cases of a PyTorch port with one backbone: they prove its presets or variants, and its name map.
 *
 * @param author of the repository that is the case's source.
 * @param networkOf names of presets or variants by the case's family.
 * @param backbones names of the backbone; MobileNetV2 when absent.
 */
export const portNetwork = (
  author: string,
  nameMap: NameMap,
  networkOf: Readonly<Record<string, string>>,
  backbones: readonly string[] = MOBILENET_V2,
): NetworkCase => ({
  matches: (description) => isNetworkOf(description, author, Object.keys(networkOf), backbones),
  build: (description) => ({
    graph: buildModel(namedNetwork(networkOf[textOf(description, 'family')], description)),
    nameMap,
    upsample: upsampleOf(description),
  }),
});

import type { Plugin } from '@atrous/core';
import { labelMaps } from '@atrous/data';
import { presets, variants, type Preset, type Variant } from '@atrous/models';
import { nameMaps } from '@atrous/weights';
import { builtInParts } from './built-in-plugins.ts';
import { knownModels } from './model-source/networks.ts';

/** Everything that a name on the command line can mean, besides backends. */
export interface Catalogue {
  readonly presets: readonly Preset[];
  readonly variants: readonly Variant[];
  readonly models: readonly { readonly name: string; readonly description: string }[];
  /** Backbones and heads with the defaults of their options. */
  readonly parts: readonly { readonly kind: Plugin['kind']; readonly name: string; readonly options: unknown }[];
  readonly nameMaps: readonly { readonly name: string; readonly description: string; readonly layout: string }[];
  readonly labelMaps: readonly { readonly name: string; readonly classes: number }[];
}

const optionsOf = (part: Plugin): unknown => ('defaults' in part ? part.defaults : {});

/** Collects what comes with the command and with plugins. */
export const openCatalogue = async (plugins: readonly Plugin[]): Promise<Catalogue> => ({
  presets,
  variants,
  models: knownModels(plugins).map(({ name, description }) => ({ name, description })),
  parts: (await builtInParts()).map((part) => ({ kind: part.kind, name: part.name, options: optionsOf(part) })),
  nameMaps: nameMaps.map(({ name, description, layout }) => ({ name, description, layout })),
  labelMaps: labelMaps.map(({ name, classes }) => ({ name, classes: classes.length })),
});

import { createRegistry, type Graph, type Json, type Model, type Plugin } from '@atrous/core';
import { models } from './models.ts';

/** A network in words: the name of a model and its configuration. */
export interface ModelConfig {
  readonly name: string;
  readonly config: Readonly<Record<string, Json>>;
}

const isModel = (plugin: Plugin): plugin is Model => plugin.kind === 'model';

/**
 * Builds the network of a preset, of a bundle's description, or of a JSON file.
 *
 * @param plugins models, backbones and heads that may be named besides those of this house.
 * @throws UnknownPluginError that lists the known names.
 * @throws ShapeError for options that are unknown or contradict each other.
 */
export const buildModel = ({ name, config }: ModelConfig, plugins: readonly Plugin[] = []): Graph =>
  createRegistry(...models, ...plugins.filter(isModel))
    .find('model', name)
    .fromConfig(config, plugins);

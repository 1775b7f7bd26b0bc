import type { Graph, Model, Plugin, Preprocessing } from '@atrous/core';
import { buildModel, models, presets, variants } from '@atrous/models';
import type { Context } from '../context.ts';
import { unknownName, UsageError } from '../errors.ts';
import { readJson } from '../files/read-json.ts';
import { mergeSettings, type Settings } from '../parse-setting.ts';

/** A network without weights, and what is known of those that are trained for it. */
export interface Network {
  readonly name: string;
  readonly description?: string | undefined;
  readonly model: { readonly name: string; readonly config: Settings };
  readonly graph: Graph;
  /** Name of the label map it is trained with. */
  readonly labels?: string | undefined;
  readonly preprocessing?: Preprocessing | undefined;
  readonly license?: string | undefined;
}

/** A network before it is built. A preset is one, and so is what a `config.json` holds. */
type NetworkSpec = Omit<Network, 'graph'>;

/** The built-in models, then those that plugins bring. */
export const knownModels = (plugins: readonly Plugin[]): readonly Model[] => [
  ...models,
  ...plugins.filter((plugin): plugin is Model => plugin.kind === 'model'),
];

/**
 * Builds the network of a preset or a config file, with some of its options replaced.
 *
 * @throws UnknownPluginError that lists the known models, backbones or heads.
 * @throws ShapeError for options that are unknown or contradict each other.
 */
export function buildNetwork(spec: NetworkSpec, plugins: readonly Plugin[], overrides: Settings = {}): Network {
  const config = mergeSettings(spec.model.config, overrides);
  const model = { name: spec.model.name, config };
  return { ...spec, model, graph: buildModel(model, plugins) };
}

async function readSpec(path: string): Promise<NetworkSpec> {
  const { name, model, ...rest } = ((await readJson(path)) ?? {}) as Partial<NetworkSpec>;
  if (typeof model?.name !== 'string')
    throw new UsageError(
      `${path} names no model`,
      'it looks like { "model": { "name": "deeplabv3", "config": {} }, "labels": "voc2012", "preprocessing": { … } }; atrous models --json shows examples',
    );
  return {
    ...rest,
    name: name ?? path.replace(/^.*[\\/]|\.json$/g, ''),
    model: { ...model, config: model.config ?? {} },
  };
}

/** People write `deeplabv3plus`, `deeplab-v3-plus` and `DeepLabV3+`. */
const lettersOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\+/g, 'plus')
    .replace(/[^a-z0-9]/g, '');

/**
 * The network that a name from the command line means: a preset, a variant of the papers, a model with its own defaults, or the path of a config.json.
 *
 * @throws UsageError when there is none.
 */
export async function findNetwork(context: Context, typed: string, plugins: readonly Plugin[]): Promise<NetworkSpec> {
  if (typed.endsWith('.json')) return readSpec(context.path(typed));
  const isMeant = ({ name }: { readonly name: string }): boolean => lettersOf(name) === lettersOf(typed);
  const named = [...presets, ...variants].find(isMeant);
  if (named !== undefined) return named;
  const known = knownModels(plugins);
  const model = known.find(isMeant);
  if (model === undefined)
    throw unknownName(
      'network',
      typed,
      [...presets, ...variants, ...known].map(({ name }) => name),
    );
  return { name: model.name, description: model.description, model: { name: model.name, config: {} } };
}

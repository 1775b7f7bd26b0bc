import { UnknownPluginError } from './errors.ts';
import type { Plugin } from './plugins.ts';

type Named<P extends Plugin, Name extends string> = Extract<P, { readonly name: Name }>;

/** An immutable catalogue of plugins, for names that arrive from outside: flags, JSON configs, checkpoints. */
export interface Registry<P extends Plugin = Plugin> {
  /** The plugin of a name known at compile time, with its own type. */
  get<Name extends P['name']>(name: Name): Named<P, Name>;
  /**
   * The plugin of a kind and a name that came from outside.
   *
   * @throws UnknownPluginError that lists the known names.
   */
  find<K extends P['kind']>(kind: K, name: string): Extract<P, { readonly kind: K }>;
  /** Every plugin, or every plugin of a kind, in the order given. */
  list(): readonly P[];
  list<K extends P['kind']>(kind: K): readonly Extract<P, { readonly kind: K }>[];
  /** A new registry with more plugins; this one stays as it is. */
  with<const Q extends readonly Plugin[]>(...plugins: Q): Registry<P | Q[number]>;
}

/**
 * Collects plugins into a registry.
 *
 * @throws UnknownPluginError when two plugins of one kind share a name.
 */
export function createRegistry<const Ps extends readonly Plugin[]>(...plugins: Ps): Registry<Ps[number]> {
  type P = Ps[number];
  const byKey = new Map<string, P>();
  for (const plugin of plugins) {
    const key = `${plugin.kind}:${plugin.name}`;
    if (byKey.has(key))
      throw new UnknownPluginError(`two plugins are called ${plugin.kind} "${plugin.name}"`, {
        code: 'DUPLICATE_PLUGIN',
      });
    byKey.set(key, plugin);
  }
  const unknown = (what: string, candidates: readonly P[]): UnknownPluginError =>
    new UnknownPluginError(`${what} is not known`, {
      hint: `known: ${candidates.map((plugin) => plugin.name).join(', ') || 'none'}`,
    });
  return {
    get(name) {
      const found = plugins.find((plugin) => plugin.name === name);
      if (found === undefined) throw unknown(`plugin "${name}"`, plugins);
      return found as Named<P, typeof name>;
    },
    find(kind, name) {
      const found = byKey.get(`${kind}:${name}`);
      if (found === undefined)
        throw unknown(
          `${kind} "${name}"`,
          plugins.filter((plugin) => plugin.kind === kind),
        );
      return found as never;
    },
    list: (kind?: P['kind']) => plugins.filter((plugin) => kind === undefined || plugin.kind === kind) as never,
    with: (...more) => createRegistry(...plugins, ...more),
  };
}

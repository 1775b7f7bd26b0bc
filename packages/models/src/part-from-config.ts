import { ShapeError, type Json, type Plugin } from '@atrous/core';

type Config = Readonly<Record<string, Json>>;

/** A plugin that makes parts of a network out of options. */
interface PartFactory<Part> extends Plugin {
  readonly defaults: object;
  (options?: object): Part;
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value);

/**
 * Checks that a configuration has no key but the known ones.
 *
 * @throws ShapeError (`OPTION`) that lists them.
 */
export function checkKeys(what: string, config: Config, known: readonly string[]): void {
  const unknown = Object.keys(config).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new ShapeError(`${what} has no option "${unknown}"`, {
      code: 'OPTION',
      hint: `its options are ${known.join(', ')}`,
    });
}

function checkKinds(what: string, config: Config, defaults: object): void {
  for (const [option, value] of Object.entries(defaults)) {
    const given = config[option];
    if (given !== undefined && kindOf(given) !== kindOf(value))
      throw new ShapeError(`${option} of ${what} is a ${kindOf(given)}, expected a ${kindOf(value)}`, {
        code: 'OPTION',
        hint: `its default is ${JSON.stringify(value)}`,
      });
  }
}

/**
 * Makes the backbone or head that a configuration names: `"aspp"`, or `{ "name": "aspp", "atrousRates": [] }`.
 *
 * @param find looks a name up and throws when it is not known.
 * @throws ShapeError when an option is unknown or of another kind than its default.
 */
export function partFromConfig<Part>(what: string, config: Json, find: (name: string) => PartFactory<Part>): Part {
  const { name, ...options } = typeof config === 'string' ? { name: config } : ((config ?? {}) as Config);
  if (typeof name !== 'string')
    throw new ShapeError(`${what} needs a name, got ${JSON.stringify(config)}`, { code: 'OPTION' });
  const factory = find(name);
  checkKeys(`${what} "${name}"`, options, Object.keys(factory.defaults));
  checkKinds(`"${name}"`, options, factory.defaults);
  return factory(options);
}

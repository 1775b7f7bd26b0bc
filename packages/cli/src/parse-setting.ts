import type { Json } from '@atrous/core';
import { InvalidArgumentError } from 'commander';

/** Options of a model, as JSON has them. */
export type Settings = Readonly<Record<string, Json>>;

function parseValue(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

const isObject = (value: Json | undefined): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function assign(settings: Settings, [key = '', ...rest]: readonly string[], value: Json): Settings {
  const old = settings[key];
  return { ...settings, [key]: rest.length === 0 ? value : assign(isObject(old) ? old : {}, rest, value) };
}

/** Collects `key=value` flags: dots go into objects, values are JSON where they are, text where they are not. */
export function parseSetting(text: string, previous: Settings = {}): Settings {
  const split = text.indexOf('=');
  const path = text.slice(0, Math.max(split, 0)).split('.');
  if (path.includes(''))
    throw new InvalidArgumentError('It looks like --set numClasses=2 or --set backbone.width=0.5.');
  return assign(previous, path, parseValue(text.slice(split + 1)));
}

/** Settings laid over others, objects into objects. */
export const mergeSettings = (base: Settings, over: Settings): Settings =>
  Object.entries(over).reduce<Settings>((merged, [key, value]) => {
    const old = merged[key];
    return { ...merged, [key]: isObject(old) && isObject(value) ? mergeSettings(old, value) : value };
  }, base);

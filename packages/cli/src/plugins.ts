import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from '@atrous/core';
import { UsageError } from './errors.ts';

const KINDS: ReadonlySet<unknown> = new Set(['backbone', 'head', 'runtime', 'op', 'model'] satisfies Plugin['kind'][]);

/** Whether a value of another package is a plugin. */
export function isPlugin(value: unknown): value is Plugin {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  const { kind, name } = value as Partial<Plugin>;
  return KINDS.has(kind) && typeof name === 'string';
}

const isPath = (name: string): boolean => name.startsWith('.') || isAbsolute(name);

async function loadPackage(name: string, cwd: string): Promise<readonly Plugin[]> {
  let exported: Record<string, unknown>;
  try {
    const file = isPath(name) ? resolve(cwd, name) : createRequire(join(cwd, 'package.json')).resolve(name);
    exported = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (cause) {
    throw new UsageError(
      `plugin "${name}" cannot be loaded: ${cause instanceof Error ? cause.message.split('\n')[0] : String(cause)}`,
      `install it where you run the command (npm install ${name}), or give the path of its entry file`,
    );
  }
  const plugins = Object.values(exported).filter(isPlugin);
  if (plugins.length === 0)
    throw new UsageError(
      `package "${name}" exports no plugin`,
      'a plugin is a value made by defineBackbone, defineHead, defineRuntime, defineOp or defineModel',
    );
  return plugins;
}

/**
 * The plugins that packages export, found from the folder the command runs in.
 *
 * @throws UsageError when a package is not there or exports no plugin.
 */
export async function loadPlugins(packages: readonly string[], cwd: string): Promise<readonly Plugin[]> {
  const loaded = await Promise.all(packages.map((name) => loadPackage(name, cwd)));
  return [...new Set(loaded.flat())];
}

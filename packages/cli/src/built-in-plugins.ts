import type { Plugin } from '@atrous/core';
import { backendEntries } from './backends.ts';
import { isPlugin } from './plugins.ts';

/** Every plugin that comes with the command: backbones, heads, models and the backends that can be loaded here. */
export async function builtInPlugins(): Promise<readonly Plugin[]> {
  const backbones = Object.values(await import('@atrous/backbones'));
  const heads = Object.values(await import('@atrous/heads'));
  const { models } = await import('@atrous/models');
  const runtimes = await Promise.all(backendEntries([]).map((entry) => entry.load()));
  const exported: readonly unknown[] = [...backbones, ...heads, ...models, ...runtimes];
  return exported.filter(isPlugin);
}

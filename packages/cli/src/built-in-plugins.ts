import type { Plugin } from '@atrous/core';
import { backendsWith } from './backends.ts';
import { isPlugin } from './plugins.ts';

/** The backbones and heads that come with the command. */
export async function builtInParts(): Promise<readonly Plugin[]> {
  const exported: readonly unknown[] = [
    ...Object.values(await import('@atrous/backbones')),
    ...Object.values(await import('@atrous/heads')),
  ];
  return exported.filter(isPlugin);
}

/** Every plugin that comes with the command: backbones, heads, models and backends. */
export async function builtInPlugins(): Promise<readonly Plugin[]> {
  const { models } = await import('@atrous/models');
  return [...(await builtInParts()), ...models, ...backendsWith([])];
}

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

function folder(variable: string, fallback: string): string | undefined {
  const path = resolve(repository, process.env[variable] ?? fallback);
  if (existsSync(path)) return path;
  console.warn(`skipped: ${path} does not exist (set ${variable})`);
  return undefined;
}

/** Folder of reference numbers (`ATROUS_GOLDENS`, default `../shared/goldens`), or `undefined` with a notice when it is absent. */
export const goldensFolder = (): string | undefined => folder('ATROUS_GOLDENS', '../shared/goldens');

/** Folder of real checkpoints and images (`ATROUS_DATA`, default `../shared/data`), or `undefined` with a notice when it is absent. */
export const dataFolder = (): string | undefined => folder('ATROUS_DATA', '../shared/data');

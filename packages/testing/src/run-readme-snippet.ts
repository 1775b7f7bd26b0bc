import { mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { assemblyScriptForEsbuild } from '../../../tools/assemblyscript/index.js';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

function firstSnippet(markdownFile: string): string {
  const [, snippet] = /```ts\n([\s\S]*?)```/.exec(readFileSync(markdownFile, 'utf8')) ?? [];
  if (snippet === undefined) throw new Error(`${markdownFile} has no TypeScript snippet`);
  return snippet;
}

/**
 * Runs the first TypeScript block of a page as a newcomer would: as a module of its own.
 *
 * @param markdownFile path of the page.
 * @param substitutions text to replace first, for example a checkpoint's path.
 * @returns the lines it printed with `console.log`.
 */
export async function runSnippet(
  markdownFile: string,
  substitutions: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const contents = Object.entries(substitutions).reduce(
    (text, [from, to]) => text.replaceAll(from, to),
    firstSnippet(markdownFile),
  );
  const folder = join(repository, 'node_modules/.cache/atrous');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `snippet-${basename(dirname(markdownFile))}-${process.pid}.mjs`);
  await build({
    stdin: { contents, loader: 'ts', resolveDir: dirname(markdownFile) },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@atrous/source'],
    plugins: [assemblyScriptForEsbuild()],
    // esbuild would bundle what a package's `imports` name, external or not
    alias: { '#gradients': '@tensorflow/tfjs' },
    external: ['@tensorflow/*', 'sharp', 'webgpu'],
  });
  const printed: string[] = [];
  const log = console.log;
  console.log = (...values: unknown[]) => void printed.push(values.map(String).join(' '));
  try {
    await import(`${pathToFileURL(outfile).href}?${Date.now()}`);
  } finally {
    console.log = log;
  }
  return printed;
}

/** Runs the first TypeScript block of a package's README; see {@link runSnippet}. */
export const runReadmeSnippet = (
  packageFolder: string,
  substitutions?: Readonly<Record<string, string>>,
): Promise<readonly string[]> => runSnippet(join(packageFolder, 'README.md'), substitutions);

import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** The first TypeScript block of a package's README. */
export function readmeSnippet(packageFolder: string): string {
  const [, snippet] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(packageFolder, 'README.md'), 'utf8')) ?? [];
  if (snippet === undefined) throw new Error(`${packageFolder} has a README without a TypeScript snippet`);
  return snippet;
}

/**
 * Runs the first TypeScript block of a package's README as a newcomer would: as a module of its own.
 *
 * @param packageFolder path of the package.
 * @param substitutions text to replace first, for example a checkpoint's path.
 * @returns the lines it printed with `console.log`.
 */
export async function runReadmeSnippet(
  packageFolder: string,
  substitutions: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const contents = Object.entries(substitutions).reduce(
    (text, [from, to]) => text.replaceAll(from, to),
    readmeSnippet(packageFolder),
  );
  const folder = join(repository, 'node_modules/.cache/atrous');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `readme-${basename(packageFolder)}-${process.pid}.mjs`);
  await build({
    stdin: { contents, loader: 'ts', resolveDir: packageFolder },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@atrous/source'],
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

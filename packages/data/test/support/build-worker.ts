import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Beside this package, so that the script finds sharp. */
const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));

/** A worker's script made of sources, which Node cannot run. */
export async function buildWorker(entry: URL): Promise<{ readonly script: URL; remove(): void }> {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'worker-'));
  const outfile = join(folder, 'worker.mjs');
  await build({
    entryPoints: [fileURLToPath(entry)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    conditions: ['@atrous/source'],
    external: ['sharp'],
  });
  return { script: pathToFileURL(outfile), remove: () => rmSync(folder, { recursive: true }) };
}

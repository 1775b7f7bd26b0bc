import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { serve } from '../../../tools/headless/index.js';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The page as it would be published, on a local server. */
export interface BuiltPage {
  /** Ends with a slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Builds the page into a temporary folder and serves it below a path, as GitHub Pages does. */
export async function serveBuiltPage(): Promise<BuiltPage> {
  const folder = await mkdtemp(join(tmpdir(), 'atrous-page-'));
  await build({ root, logLevel: 'error', build: { outDir: join(folder, 'playground') } });
  const server = await serve(folder);
  const close = async () => {
    await server.close();
    await rm(folder, { recursive: true });
  };
  return { url: `${server.url}playground/`, close };
}

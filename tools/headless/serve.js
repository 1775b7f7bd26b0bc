// @ts-check
import { basename, dirname } from 'node:path';
import { preview } from 'vite';

/**
 * Serves a folder on a free port of 127.0.0.1, cross-origin isolated, so that pages get `SharedArrayBuffer` and WASM threads.
 *
 * @param {string} folder absolute path
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} `url` ends with a slash
 */
export async function serve(folder) {
  const server = await preview({
    root: dirname(folder),
    configFile: false,
    logLevel: 'warn',
    // A missing file answers 404 instead of the page.
    appType: 'mpa',
    build: { outDir: basename(folder) },
    preview: {
      host: '127.0.0.1',
      port: 0,
      headers: {
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'Access-Control-Allow-Origin': '*',
      },
    },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error(`${folder} is not served on a port`);
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}

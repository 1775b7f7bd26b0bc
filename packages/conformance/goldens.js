// @ts-check
// Node 20 does not run TypeScript: Vite loads the sources, file by file, so that backends find their own files beside them.
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { assemblyScript } from '../../tools/assemblyscript/index.js';

const conditions = ['@atrous/source'];
const server = await createServer({
  configFile: false,
  root: fileURLToPath(new URL('.', import.meta.url)),
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  // Node 20 does not know `using`.
  oxc: { target: 'es2022' },
  plugins: [assemblyScript()],
  resolve: { conditions },
  ssr: { resolve: { conditions } },
});
const { main } = await server.ssrLoadModule('/src/main.ts');
process.exitCode = await main(process.argv.slice(2));
await server.close();

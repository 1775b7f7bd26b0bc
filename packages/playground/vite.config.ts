import { defaultClientConditions, defineConfig } from 'vite';
import { assemblyScript } from '../../tools/assemblyscript/index.js';

/** Pages that are isolated from other origins may share memory between threads. */
const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

export default defineConfig({
  // Relative addresses work at any path, for example under a project's GitHub Pages.
  base: './',
  resolve: { conditions: ['@atrous/source', ...defaultClientConditions] },
  server: { headers },
  preview: { headers },
  plugins: [assemblyScript()],
  worker: { format: 'es', plugins: () => [assemblyScript()] },
  build: { target: 'es2022', sourcemap: true, chunkSizeWarningLimit: 1000 },
});

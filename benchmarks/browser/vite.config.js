// @ts-check
import { defaultClientConditions, defineConfig } from 'vite';
import { assemblyScript } from '../../tools/assemblyscript/index.js';
import { describeRepository } from '../describe.js';

/** Pages that are isolated from other origins may share memory between threads. */
const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

export default defineConfig({
  base: './',
  define: { 'import.meta.env.REPOSITORY': JSON.stringify(describeRepository()) },
  resolve: { conditions: ['@atrous/source', ...defaultClientConditions] },
  server: { headers },
  preview: { headers },
  plugins: [assemblyScript()],
  worker: { format: 'es', plugins: () => [assemblyScript()] },
  build: { target: 'es2022', chunkSizeWarningLimit: 2000 },
});

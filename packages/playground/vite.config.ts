import { defaultClientConditions, defineConfig } from 'vite';
import { assemblyScript } from '../../tools/assemblyscript/index.js';

export default defineConfig({
  // Relative addresses work at any path, for example under a project's GitHub Pages.
  base: './',
  resolve: { conditions: ['@atrous/source', ...defaultClientConditions] },
  plugins: [assemblyScript()],
  worker: { format: 'es', plugins: () => [assemblyScript()] },
  build: { target: 'es2022', sourcemap: true, chunkSizeWarningLimit: 1000 },
});

import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  // Relative addresses work at any path, for example under a project's GitHub Pages.
  base: './',
  resolve: { conditions: ['@atrous/source', ...defaultClientConditions] },
  worker: { format: 'es' },
  build: { target: 'es2022', sourcemap: true, chunkSizeWarningLimit: 1000 },
});

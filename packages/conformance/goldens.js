// @ts-check
import { fileURLToPath } from 'node:url';
import { withSources } from '../../tools/load-sources.js';

await withSources(fileURLToPath(new URL('.', import.meta.url)), '/src/main.ts', async ({ main }) => {
  process.exitCode = await main(process.argv.slice(2));
});

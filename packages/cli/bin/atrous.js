#!/usr/bin/env node
// @ts-check
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const built = new URL('../dist/index.js', import.meta.url);
if (existsSync(built)) {
  const { main } = await import(built.href);
  await main(fileURLToPath(import.meta.url));
} else {
  console.error('error: atrous is not built in this clone\nhint: npm run build');
  process.exitCode = 1;
}

#!/usr/bin/env node
// @ts-check
// Where the time of a network goes: every step of its plan, the best of several rounds. For those who work on the kernels.
// usage: node packages/runtime-wasm/bench/profile.js [network or kernel of benchmarks/problems] [rounds] [threads] [size]
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { assemblyScript } from '../../../tools/assemblyscript/index.js';

const conditions = ['@atrous/source'];
const server = await createServer({
  configFile: false,
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  oxc: { target: 'es2022' },
  plugins: [assemblyScript()],
  resolve: { conditions },
  ssr: { resolve: { conditions } },
});
const { profile } = await server.ssrLoadModule('/packages/runtime-wasm/bench/profile-steps.js');
const [network = 'v3plus-mobilenetv2', rounds = 7, threads = 1, size] = process.argv.slice(2);
await profile({ network, rounds: Number(rounds), threads: Number(threads), ...(size && { size: Number(size) }) });
await server.close();

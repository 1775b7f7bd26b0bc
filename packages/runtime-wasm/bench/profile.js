#!/usr/bin/env node
// @ts-check
// Where the time of a network goes: every step of its plan, the best of several rounds. For those who work on the kernels.
// usage: node packages/runtime-wasm/bench/profile.js [network or kernel of benchmarks/problems] [rounds] [threads] [size]
import { fileURLToPath } from 'node:url';
import { withSources } from '../../../tools/load-sources.js';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const [network = 'v3plus-mobilenetv2', rounds = 7, threads = 1, size] = process.argv.slice(2);
await withSources(repository, '/packages/runtime-wasm/bench/profile-steps.js', ({ profile }) =>
  profile({ network, rounds: Number(rounds), threads: Number(threads), ...(size && { size: Number(size) }) }),
);

#!/usr/bin/env node
// @ts-check
// Whether memory stays flat while a network trains: tensors, their bytes and the process, every so many steps.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { memory } from '@tensorflow/tfjs-core';
import { DESCRIPTION, trainSteps } from './network.js';

const { values } = parseArgs({
  options: {
    batch: { type: 'string', default: '4' },
    size: { type: 'string', default: '257' },
    steps: { type: 'string', default: '500' },
    every: { type: 'string', default: '50' },
  },
});
const {
  batch = 0,
  size = 0,
  steps = 0,
  every = 0,
} = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));

/** @type {string[]} */
const rows = [];
/** @param {number} step */
const note = (step) => {
  const { numTensors, numBytes } = memory();
  const { rss, arrayBuffers } = process.memoryUsage();
  const row = [step, numTensors, numBytes / 2 ** 20, rss / 2 ** 20, arrayBuffers / 2 ** 20].map(
    (n) => Math.round(n * 10) / 10,
  );
  rows.push(`| ${row.join(' | ')} |`);
  console.log(rows.at(-1));
};

await trainSteps(wasm(), {
  batch,
  size,
  steps,
  onStep: (step) => void ((step === 5 || step % every === 0) && note(step)),
});

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const date = new Date().toISOString().slice(0, 10);
writeFileSync(
  fileURLToPath(new URL('../results/training-memory.md', import.meta.url)),
  `# Memory while training

${DESCRIPTION}.
Batch ${batch}, ${size}×${size}, WASM. The process includes the heap of WASM.
${cpus()[0]?.model.trim()}, Node ${process.version}; commit ${commit}, ${date}.

| step | tensors | their MB | process MB | its buffers MB |
| ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
`,
);

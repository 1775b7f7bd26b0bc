#!/usr/bin/env node
// @ts-check
// Seconds per training step on each backend of this machine, beside PyTorch's on the CPU where python3 has it.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cpu } from '@atrous/runtime-tfjs/cpu';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { webgpu } from '@atrous/runtime-tfjs/webgpu';
import { DESCRIPTION, trainSteps } from './network.js';

const { values } = parseArgs({
  options: {
    backends: { type: 'string', default: 'wasm' },
    batch: { type: 'string', default: '4' },
    size: { type: 'string', default: '257' },
    steps: { type: 'string', default: '7' },
    python: { type: 'string', default: 'python3' },
    out: { type: 'string', default: fileURLToPath(new URL('../results/training-step', import.meta.url)) },
  },
});
const [batch, size, steps] = [Number(values.batch), Number(values.size), Number(values.steps)];

/** Steps that are not counted: kernels are compiled and memory is taken. */
const WARM_UP = 2;

/** Seconds after which a backend does no more steps than one that counts. */
const ENOUGH = 60;

/** @param {readonly number[]} list */
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;

/** @type {Readonly<Record<string, () => ReturnType<typeof wasm>>>} */
const BACKENDS = { wasm, cpu, webgpu };

/** @param {string} name */
async function measure(name) {
  const runtime = BACKENDS[name]?.();
  if (runtime === undefined) throw new Error(`no backend "${name}"; in Node there are wasm, cpu, webgpu`);
  const works = await runtime.available();
  if (!works.available) return { name, detail: works.reason, seconds: undefined };
  /** @type {number[]} */
  const seconds = [];
  const slow = new AbortController();
  const since = performance.now();
  await trainSteps(runtime, {
    batch,
    size,
    steps: steps + WARM_UP,
    signal: slow.signal,
    onStep(_, taken) {
      seconds.push(taken);
      if (seconds.length > WARM_UP && performance.now() - since > 1000 * ENOUGH) slow.abort();
    },
  }).catch((error) => {
    if (!slow.signal.aborted) throw error;
  });
  return { name: `Atrous, ${name}`, detail: works.detail, seconds: seconds.slice(WARM_UP) };
}

/** @param {number} threads */
function measureTorch(threads) {
  const script = fileURLToPath(new URL('torch-step.py', import.meta.url));
  const flags = ['--batch', batch, '--size', size, '--steps', steps, '--threads', threads].map(String);
  const { status, stdout } = spawnSync(values.python, [script, ...flags], { encoding: 'utf8' });
  if (status !== 0) return [];
  const { framework, blas, seconds } = JSON.parse(stdout);
  const detail = `CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}, BLAS: ${blas}`;
  return [{ name: framework, detail, seconds }];
}

const lines = [];
for (const name of values.backends.split(',')) lines.push(await measure(name));
lines.push(...measureTorch(1));
const peer = lines.at(-1)?.name.startsWith('PyTorch') ? median(lines.at(-1)?.seconds ?? []) : undefined;

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const machine = { cpu: cpus()[0]?.model.trim(), cores: cpus().length, node: process.version, load: loadavg()[0] };
const report = { commit, date: new Date().toISOString().slice(0, 10), machine, batch, size, lines };
const rows = lines.map(({ name, detail, seconds }) => {
  if (seconds === undefined) return `| ${name} | - | - | - | - | not here: ${detail} |`;
  const [middle, best] = [median(seconds), Math.min(...seconds)];
  const ratio = peer === undefined ? '-' : `${(peer / middle).toFixed(1)}×`;
  return `| ${name} | ${middle.toFixed(2)} | ${best.toFixed(2)} | ${seconds.length} | ${ratio} | ${detail} |`;
});
const text = `# Seconds per training step

${DESCRIPTION}.
Batch ${batch}, ${size}×${size}. Median and best of ${steps} steps after ${WARM_UP}, of fewer where ${ENOUGH} seconds were over.
${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; commit ${commit}, ${report.date}.

| | median s | best s | steps | speed against PyTorch | |
| --- | ---: | ---: | ---: | ---: | --- |
${rows.join('\n')}
`;
mkdirSync(dirname(values.out), { recursive: true });
writeFileSync(`${values.out}.json`, `${JSON.stringify(report, undefined, 2)}\n`);
writeFileSync(`${values.out}.md`, text);
console.log(text);

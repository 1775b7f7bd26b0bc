#!/usr/bin/env node
// @ts-check
// Seconds per training step on each backend of this machine, beside PyTorch's on the CPU where python3 has it.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mobilenetV2 } from '@atrous/backbones';
import { createRandom } from '@atrous/core';
import { camvid } from '@atrous/data';
import { aspp, decoder } from '@atrous/heads';
import { deeplabV3Plus } from '@atrous/models';
import { cpu } from '@atrous/runtime-tfjs/cpu';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { webgpu } from '@atrous/runtime-tfjs/webgpu';
import { atLabelSize, crossEntropy, initialWeights, poly, sgd, train } from '@atrous/train';

const { values } = parseArgs({
  options: {
    backends: { type: 'string', default: 'wasm' },
    batch: { type: 'string', default: '4' },
    size: { type: 'string', default: '257' },
    steps: { type: 'string', default: '7' },
    python: { type: 'string', default: 'python3' },
  },
});
const [batch, size, steps] = [Number(values.batch), Number(values.size), Number(values.steps)];

/** Steps that are not counted: kernels are compiled and memory is taken. */
const WARM_UP = 2;

const graph = deeplabV3Plus({
  backbone: mobilenetV2({ padding: 'symmetric', epsilon: 1e-5, expandFirst: true }),
  head: aspp({ channels: 128, separable: true, imagePooling: 'last' }),
  decoder: decoder({ channels: 128, separable: true }),
  numClasses: camvid.classes.length,
});

const random = createRandom('training-step');
const pixels = batch * size * size;
const data = {
  images: { shape: [batch, size, size, 3], data: Float32Array.from({ length: pixels * 3 }, () => random.uniform()) },
  labels: { shape: [batch, size, size], data: Int32Array.from({ length: pixels }, () => random.integer(11)) },
};

/** @param {readonly number[]} list */
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;

/** @param {string} name */
async function measure(name) {
  const runtime = { wasm, cpu, webgpu }[name]?.();
  if (runtime === undefined) throw new Error(`no backend "${name}"; in Node there are wasm, cpu, webgpu`);
  const works = await runtime.available();
  if (!works.available) return { name, detail: works.reason, seconds: undefined };
  using network = await runtime.trainable(graph, initialWeights(graph, { seed: 0 }));
  /** @type {number[]} */
  const seconds = [];
  let since = performance.now();
  await train({
    network,
    batches: { labels: camvid, batch: async () => data },
    loss: atLabelSize(crossEntropy()),
    optimizer: sgd({ momentum: 0.9, weightDecay: 1e-4 }),
    schedule: poly({ base: 0.01, steps: 1000 }),
    steps: steps + WARM_UP,
    onStep() {
      const now = performance.now();
      seconds.push((now - since) / 1000);
      since = now;
    },
  });
  return { name: `Atrous, ${name}`, detail: works.detail, seconds: seconds.slice(WARM_UP) };
}

/** @param {number} threads */
function measureTorch(threads) {
  const script = fileURLToPath(new URL('torch-step.py', import.meta.url));
  const flags = ['--batch', batch, '--size', size, '--steps', steps, '--threads', threads].map(String);
  const { status, stdout } = spawnSync(values.python, [script, ...flags], { encoding: 'utf8' });
  if (status !== 0) return [];
  const { framework, seconds } = JSON.parse(stdout);
  return [{ name: framework, detail: `CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}`, seconds }];
}

const lines = [];
for (const name of values.backends.split(',')) lines.push(await measure(name));
lines.push(...measureTorch(1));
const peer = lines.at(-1)?.name.startsWith('PyTorch') ? median(lines.at(-1)?.seconds ?? []) : undefined;

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const machine = { cpu: cpus()[0]?.model.trim(), cores: cpus().length, node: process.version, load: loadavg()[0] };
const report = { commit, date: new Date().toISOString().slice(0, 10), machine, batch, size, lines };
const rows = lines.map(({ name, detail, seconds }) => {
  if (seconds === undefined) return `| ${name} | - | - | - | not here: ${detail} |`;
  const [middle, best] = [median(seconds), Math.min(...seconds)];
  const ratio = peer === undefined ? '-' : `${(peer / middle).toFixed(1)}×`;
  return `| ${name} | ${middle.toFixed(2)} | ${best.toFixed(2)} | ${ratio} | ${detail} |`;
});
const text = `# Seconds per training step

DeepLab v3+ with MobileNetV2 at output stride 16, separable ASPP and decoder of 128 channels (2,157,051 parameters), batch ${batch}, ${size}×${size},
11 classes: forward, cross-entropy on full-size logits, backward, SGD with momentum. Median and best of ${steps} steps after ${WARM_UP}.
${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; commit ${commit}, ${report.date}.

| | median s | best s | speed against PyTorch | |
| --- | ---: | ---: | ---: | --- |
${rows.join('\n')}
`;
const results = fileURLToPath(new URL('../results/', import.meta.url));
mkdirSync(results, { recursive: true });
writeFileSync(`${results}training-step.json`, `${JSON.stringify(report, undefined, 2)}\n`);
writeFileSync(`${results}training-step.md`, text);
console.log(text);

#!/usr/bin/env node
// @ts-check
// Whole networks, from an image to the label of each pixel, on the runtimes of Atrous and on others, in turns.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { contendersWith } from './contenders.js';
import { NETWORKS } from './networks.js';
import { startContender } from './start-contender.js';
import { toPage } from './page.js';
import { toComparison, toTable } from './table.js';

const USAGE = `usage: npm run bench -- [options]

  --networks A,B     of ${Object.keys(NETWORKS).join(', ')}; default: all
  --contenders TEXT  only those whose name has this in it, of which there may be several with commas
  --threads 1,2      threads of those that can have several; default 1 and as many as there are cores
  --rounds N         runs of each, in turns; default 7
  --sizes N,M        of the image's sides, instead of the network's own; several give a curve
  --out PATH         PATH.json, PATH.md and PATH.html; default benchmarks/results/networks
  --compare A,B      runs nothing: how two files of results differ, the second to the first`;

const { values } = parseArgs({
  options: {
    networks: { type: 'string' },
    contenders: { type: 'string' },
    threads: { type: 'string' },
    rounds: { type: 'string', default: '7' },
    sizes: { type: 'string' },
    compare: { type: 'string' },
    out: { type: 'string', default: fileURLToPath(new URL('../results/networks', import.meta.url)) },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
if (values.compare !== undefined) {
  const [before, after] = values.compare.split(',').map((path) => JSON.parse(readFileSync(path, 'utf8')));
  console.log(toComparison(before, after));
  process.exit(0);
}
const rounds = Number(values.rounds);
const sizes = values.sizes?.split(',').map(Number) ?? [undefined];
const threads = values.threads?.split(',').map(Number) ?? [...new Set([1, cpus().length])];
const names = values.networks?.split(',') ?? Object.keys(NETWORKS);
const wanted = values.contenders?.split(',').map((part) => part.toLowerCase());
const contenders = contendersWith(threads).filter(
  ({ name }) => wanted === undefined || wanted.some((part) => name.toLowerCase().includes(part)),
);
if (contenders.length === 0 || names.some((name) => !(name in NETWORKS))) {
  console.error(USAGE);
  process.exit(2);
}

/** @param {readonly number[]} list */
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;

/** Share of pixels that have the same label. @param {Uint8Array} a @param {Uint8Array} b */
const agreement = (a, b) => a.reduce((sum, label, i) => sum + Number(label === b[i]), 0) / a.length;

/** @param {string} name @param {number | undefined} size */
async function measure(name, size) {
  const started = [];
  /** @type {{ name: string, reason: string }[]} */
  const missing = [];
  for (const contender of contenders) {
    try {
      started.push({ contender, ...(await startContender({ ...contender, network: name, ...(size && { size }) })) });
      console.error(`${name}: ${contender.name} is ready`);
    } catch (error) {
      missing.push({ name: contender.name, reason: error instanceof Error ? error.message : String(error) });
      console.error(`${name}: ${contender.name} is left out: ${missing.at(-1)?.reason}`);
    }
  }
  /** @type {import('./start-contender.js').Run[][]} */
  const runs = started.map(() => []);
  for (let round = 0; round < rounds; round++) for (const [i, one] of started.entries()) runs[i]?.push(await one.run());
  for (const { stop } of started) stop();
  const [reference] = started;
  const results = started.map(({ contender, loadMs, firstMs, labels }, i) => {
    const ms = (runs[i] ?? []).map((run) => run.ms);
    return {
      ...{ name: contender.name, threads: contender.threads, loadMs, firstMs, ms },
      ...{ medianMs: median(ms), leastMs: Math.min(...ms), mostMs: Math.max(...ms) },
      bytes: Math.max(...(runs[i] ?? []).map(({ bytes }) => bytes)),
      agreement: reference ? agreement(labels, reference.labels) : NaN,
    };
  });
  const { title, size: usual } = /** @type {(typeof NETWORKS)[string]} */ (NETWORKS[name]);
  return { network: name, title, size: size ?? usual, results, missing };
}

const [load = 0] = loadavg();
const report = {
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
  date: new Date().toISOString().slice(0, 10),
  machine: {
    cpu: cpus()[0]?.model.trim() ?? '',
    cores: cpus().length,
    memoryBytes: totalmem(),
    load,
    node: process.version,
  },
  rounds,
  networks: /** @type {Awaited<ReturnType<typeof measure>>[]} */ ([]),
};
/** @typedef {typeof report} Report */

mkdirSync(dirname(values.out), { recursive: true });
for (const [name, size] of names.flatMap((one) => sizes.map((size) => /** @type {const} */ ([one, size])))) {
  report.networks.push(await measure(name, size));
  writeFileSync(`${values.out}.json`, `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(`${values.out}.md`, toTable(report));
  writeFileSync(`${values.out}.html`, toPage(report));
}
console.log(toTable(report));

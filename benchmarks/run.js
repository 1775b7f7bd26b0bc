#!/usr/bin/env node
// @ts-check
// Runs `atrous bench` on one checkpoint and keeps what it measured, with commit and date.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Line
 * @property {string} backend
 * @property {string} detail
 * @property {number} compileMs
 * @property {number} firstMs
 * @property {number} medianMs
 * @property {number} p95Ms
 * @property {number} runs
 * @property {number} peakBytes
 * @property {number} agreement
 */
/**
 * @typedef {object} Report
 * @property {string} network
 * @property {{ source: string, width: number, height: number }} image
 * @property {{ cpu: string, threads: number, memoryBytes: number, loadAverage: number, node: string, platform: string }} machine
 * @property {string} comparedWith
 * @property {Line[]} backends
 * @property {{ backend: string, reason: string }[]} skipped
 */

const [name, checkpoint, ...flags] = process.argv.slice(2);
if (name === undefined || checkpoint === undefined) {
  console.error('usage: node benchmarks/run.js NAME CHECKPOINT [flags of atrous bench]');
  process.exit(2);
}

const results = fileURLToPath(new URL('results/', import.meta.url));
const atrous = fileURLToPath(new URL('../packages/cli/bin/atrous.js', import.meta.url));
mkdirSync(results, { recursive: true });

const { status, stdout } = spawnSync(
  process.execPath,
  [atrous, 'bench', checkpoint, '--json', '--svg', `${results}${name}.svg`, ...flags],
  { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 30 },
);
if (status !== 0) process.exit(status ?? 1);

/** @type {Report} */
const report = JSON.parse(stdout);
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const date = new Date().toISOString().slice(0, 10);
writeFileSync(`${results}${name}.json`, `${JSON.stringify({ commit, date, ...report }, undefined, 2)}\n`);

/** @param {number} ms */
const time = (ms) => (ms < 100 ? ms.toPrecision(3) : Math.round(ms).toLocaleString('en-US'));
/** @param {Line} line */
const row = ({ backend, detail, compileMs, firstMs, medianMs, p95Ms, runs, peakBytes, agreement }) =>
  `| ${[backend, time(compileMs), time(firstMs), time(medianMs), time(p95Ms), runs, Math.round(peakBytes / 2 ** 20), `${(agreement * 100).toFixed(2)} %`, detail].join(' | ')} |`;

const { network, image, machine, comparedWith, backends, skipped } = report;
const lines = [
  `# ${network}`,
  '',
  `${date}, commit ${commit}. ${machine.cpu}, ${machine.threads} threads, ${Math.round(machine.memoryBytes / 2 ** 30)} GiB, Node ${machine.node}, ${machine.platform}.`,
  `Load average before it began: ${machine.loadAverage.toFixed(1)}.`,
  `One ${image.source} image of ${image.width} × ${image.height} pixels: decoded image in, label map out. Times in ms.`,
  '',
  `| backend | compile | first | median | p95 | runs | peak MiB | same labels as ${comparedWith} | on |`,
  '| --- | --: | --: | --: | --: | --: | --: | --: | --- |',
  ...backends.map(row),
  '',
  ...skipped.flatMap(({ backend, reason }) => [`Not measured: ${backend}, ${reason}.`, '']),
  `![Time per image](${name}.svg)`,
];
writeFileSync(`${results}${name}.md`, `${lines.join('\n')}\n`);
console.log(lines.join('\n'));

#!/usr/bin/env node
// @ts-check
// The dense CRF beside pydensecrf's C++ core, in turns.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lattice } from '@atrous/crf/lattice';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { createSegmenter } from '@atrous/segmenter/node';
import { readBundle } from '@atrous/weights/node';
import { problems } from './problems.js';
import { buildPydensecrf, startPydensecrf } from './pydensecrf.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pydensecrf: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    threads: { type: 'string', default: '2' },
  },
});
const [bundle, ...photos] = positionals;
if (bundle === undefined || photos.length === 0) {
  console.error('usage: node benchmarks/crf/run.js BUNDLE PHOTO... [--pydensecrf CHECKOUT] [--rounds N] [--threads N]');
  process.exit(2);
}
const [rounds, threads] = [Number(values.rounds), Number(values.threads)];
const folder = mkdtempSync(join(tmpdir(), 'crf-'));
const program = values.pydensecrf === undefined ? undefined : buildPydensecrf(values.pydensecrf, folder);

/** @typedef {import('./pydensecrf.js').Problem} Problem */

/** Rounds of a case that takes long. */
const FEWEST_ROUNDS = 3;
const LONG_MS = 20_000;

/** What is timed of ours. `tolerance` 0 keeps all labels. @param {readonly import('@atrous/crf/lattice').LatticeEngine[]} engines */
const waysOf = (engines) =>
  engines.flatMap((engine) => [
    { engine, tolerance: 0 },
    { engine, tolerance: undefined },
  ]);

/** @param {readonly number[]} list */
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;

/** A whole job, lattices included. @param {Problem} problem @param {ReturnType<typeof waysOf>[number]} way */
async function runOurs({ width, height, image, labels, unary, iterations, gaussian, bilateral }, way) {
  const start = performance.now();
  const field = await way.engine.prepare({
    ...{ width, height, image: { width, height, data: image } },
    kernels: [
      { kind: 'gaussian', xyStd: gaussian[0] },
      { kind: 'bilateral', xyStd: bilateral[0], rgbStd: bilateral[1] },
    ],
  });
  const compatibilities = [gaussian[1], bilateral[2]];
  const { marginals } = await field.infer({ labels, unary, compatibilities, iterations, tolerance: way.tolerance });
  const [ms, { bytes }] = [performance.now() - start, field.memory];
  field.dispose();
  return { ms, marginals: /** @type {Float32Array} */ (marginals), bytes };
}

/** @param {Float32Array} marginals @param {number} labels @param {number} pixel */
function labelAt(marginals, labels, pixel) {
  let best = pixel * labels;
  for (let i = best + 1; i < (pixel + 1) * labels; i++) if ((marginals[i] ?? 0) > (marginals[best] ?? 0)) best = i;
  return best;
}

/** @param {Float32Array} ours @param {Float32Array} theirs @param {number} labels */
function compare(ours, theirs, labels) {
  const largest = ours.reduce((most, q, i) => Math.max(most, Math.abs(q - (theirs[i] ?? NaN))), 0);
  let others = 0;
  for (let pixel = 0; pixel < ours.length / labels; pixel++)
    others += Number(labelAt(ours, labels, pixel) !== labelAt(theirs, labels, pixel));
  return { largest, others };
}

/** @param {import('./problems.js').Case} of */
async function measure({ name, problem }) {
  const reference = program === undefined ? undefined : startPydensecrf(program, problem, folder);
  // engines of its own: they keep the memory of the last case otherwise
  const engines = [lattice(), lattice({ threads })];
  const ways = waysOf(engines);
  const first = [];
  for (const way of ways) first.push(await runOurs(problem, way));
  /** @type {number[]} */
  const theirs = [];
  /** @type {number[][]} */
  const ours = ways.map(() => []);
  const start = performance.now();
  for (let round = 0; round < rounds; round++) {
    if (round >= FEWEST_ROUNDS && performance.now() - start > LONG_MS) break;
    if (reference) theirs.push(await reference.run());
    for (const [i, way] of ways.entries()) ours[i]?.push((await runOurs(problem, way)).ms);
  }
  for (const engine of engines) engine.dispose();
  const peer = median(theirs);
  const finished = await reference?.finish();
  const differences = finished && first.map(({ marginals }) => compare(marginals, finished.marginals, problem.labels));
  const megabytes = (/** @type {number | undefined} */ bytes = NaN) => (bytes / 2 ** 20).toFixed(0);
  const cells = [
    name,
    reference ? peer.toFixed(0) : '-',
    ...ours.map((ms) => `${median(ms).toFixed(0)}${reference ? ` (${(peer / median(ms)).toFixed(1)}×)` : ''}`),
    ...[0, 1].map((way) =>
      differences ? `${differences[way]?.largest.toExponential(1)}, ${differences[way]?.others}` : '-',
    ),
    `${megabytes(first[0]?.bytes)}${finished ? ` / ${megabytes(finished.bytes)}` : ''}`,
  ];
  const line = `| ${cells.join(' | ')} |`;
  console.log(line);
  return line;
}

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const [load = 0] = loadavg();
const results = fileURLToPath(new URL('../results/', import.meta.url));

/** @param {readonly string[]} table */
function write(table) {
  mkdirSync(results, { recursive: true });
  writeFileSync(
    `${results}crf.md`,
    `# Dense CRF beside pydensecrf

Lattices, 10 iterations and marginals: everything but the unaries. Milliseconds on the wall, medians of ${rounds} runs in turns, or of
${FEWEST_ROUNDS} where they take long. pydensecrf is its C++ core with \`g++ -O3\`; ours is \`lattice()\` and
\`lattice({ threads: ${threads} })\`, each with all labels (\`tolerance: 0\`) and as it comes. With made-up unaries no label can be left out. A
difference is the largest of a marginal, and the number of pixels whose label is another one. Memory is that of our lattice with one thread
and all labels, without unaries and result, and the most that pydensecrf's process held, with them.

${cpus()[0]?.model.trim()}, ${cpus().length} cores, load ${load.toFixed(1)} at the start, Node ${process.version}; commit ${commit}, ${new Date().toISOString().slice(0, 10)}.

| | pydensecrf | 1 thread, all labels | 1 thread | ${threads} threads, all labels | ${threads} threads | difference, all labels | difference | MB, ours / theirs |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${table.join('\n')}
`,
  );
}

const segmenter = await createSegmenter({ bundle: await readBundle(bundle), runtime: wasm() });
const table = [];
for await (const problem of problems(photos, segmenter)) {
  table.push(await measure(problem));
  // the large ones take minutes, and what is there is worth having
  write(table);
}
segmenter.dispose();
rmSync(folder, { recursive: true });

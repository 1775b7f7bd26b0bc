#!/usr/bin/env node
// @ts-check
// The dense CRF beside pydensecrf's C++ core, in turns, on photos with a network's own probabilities.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRandom } from '@atrous/core';
import { crfPresets, energiesFromLogits, energiesFromProbabilities } from '@atrous/crf';
import { lattice } from '@atrous/crf/lattice';
import { decodeImage } from '@atrous/data/node';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { createSegmenter } from '@atrous/segmenter/node';
import { readBundle } from '@atrous/weights/node';
import { buildPydensecrf, startPydensecrf } from './pydensecrf.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pydensecrf: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    threads: { type: 'string', default: '1' },
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
const engine = lattice({ threads });

/** @param {readonly number[]} list */
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;

/** Processor time leaves out what other programs take, but adds up that of threads. @type {'wall' | 'processor'} */
const clock = threads > 1 ? 'wall' : 'processor';

const now = () => {
  const { user, system } = process.cpuUsage();
  return clock === 'wall' ? performance.now() : (user + system) / 1000;
};

/** @typedef {import('./pydensecrf.js').Problem} Problem */

/** A whole job, lattices included. @param {Problem} problem @param {number} tolerance */
async function runOurs({ width, height, image, labels, unary, iterations, gaussian, bilateral }, tolerance) {
  const start = now();
  const field = await engine.prepare({
    ...{ width, height, image: { width, height, data: image } },
    kernels: [
      { kind: 'gaussian', xyStd: gaussian[0] },
      { kind: 'bilateral', xyStd: bilateral[0], rgbStd: bilateral[1] },
    ],
  });
  const compatibilities = [gaussian[1], bilateral[2]];
  const { marginals } = await field.infer({ labels, unary, compatibilities, iterations, tolerance });
  const [ms, { bytes }] = [now() - start, field.memory];
  field.dispose();
  return { ms, marginals, bytes };
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

/** @param {string} name @param {Problem} problem */
async function measure(name, problem) {
  const reference = program === undefined ? undefined : startPydensecrf(program, problem, folder);
  for (const tolerance of [0, 1e-3]) await runOurs(problem, tolerance);
  /** @type {{ theirs: number[], all: number[], dropped: number[] }} */
  const ms = { theirs: [], all: [], dropped: [] };
  let last;
  for (let round = 0; round < rounds; round++) {
    if (reference) ms.theirs.push((await reference.run())[clock]);
    last = await runOurs(problem, 0);
    ms.all.push(last.ms);
    ms.dropped.push((await runOurs(problem, 1e-3)).ms);
  }
  const theirs = await reference?.finish();
  const [all, dropped, peer] = [median(ms.all), median(ms.dropped), median(ms.theirs)];
  const difference = theirs && last && compare(last.marginals, theirs, problem.labels);
  const line = [
    name,
    reference ? peer.toFixed(0) : '-',
    `${all.toFixed(0)}${reference ? ` (${(peer / all).toFixed(1)}×)` : ''}`,
    `${dropped.toFixed(0)}${reference ? ` (${(peer / dropped).toFixed(1)}×)` : ''}`,
    difference ? `${difference.largest.toExponential(1)}, ${difference.others}` : '-',
    ((last?.bytes ?? 0) / 2 ** 20).toFixed(0),
  ].join(' | ');
  console.log(`| ${line} |`);
  return `| ${line} |`;
}

/** @param {import('@atrous/crf').CrfPresetName} name */
function kernelsOf(name) {
  const { gaussianXyStd, gaussianWeight, bilateralXyStd, bilateralRgbStd, bilateralWeight, iterations } =
    crfPresets[name];
  return {
    gaussian: /** @type {const} */ ([gaussianXyStd, gaussianWeight]),
    bilateral: /** @type {const} */ ([bilateralXyStd, bilateralRgbStd, bilateralWeight]),
    iterations,
  };
}

/** A picture with energies in which every label is somewhere likely: nothing can be dropped. @param {Omit<Problem, 'labels' | 'unary'>} of @param {number} labels */
function withNoise({ width, height, ...rest }, labels) {
  const random = createRandom('crf benchmark', labels);
  const [columns, rows] = [Math.ceil(width / 8) + 1, Math.ceil(height / 8) + 1];
  const coarse = Float32Array.from({ length: columns * rows * labels }, () => 2 * random.normal());
  for (let label = 0; label < labels; label++) coarse[random.integer(columns * rows) * labels + label] = 14;
  const logits = new Float32Array(width * height * labels);
  for (let i = 0; i < logits.length; i++) {
    const [pixel, label] = [Math.floor(i / labels), i % labels];
    const cell = Math.floor(Math.floor(pixel / width) / 8) * columns + Math.floor((pixel % width) / 8);
    logits[i] = coarse[cell * labels + label] ?? 0;
  }
  return { width, height, ...rest, labels, unary: energiesFromLogits(logits, labels) };
}

const segmenter = await createSegmenter({ bundle: await readBundle(bundle), runtime: wasm() });
const table = [];
for (const [i, photo] of photos.entries()) {
  const { width, height, data } = await decodeImage(photo);
  const image = Uint8Array.from(
    { length: width * height * 3 },
    (_, at) => data[Math.floor(at / 3) * 4 + (at % 3)] ?? 0,
  );
  const { probabilities } = await segmenter.segment(photo, { probabilities: true });
  const labels = segmenter.labels.classes.length;
  const unary = energiesFromProbabilities(/** @type {Float32Array} */ (probabilities));
  for (const preset of /** @type {const} */ (['deeplab-v2', 'pydensecrf-example'])) {
    const kernels = kernelsOf(preset);
    const size = `${basename(photo)}, ${width}×${height}`;
    table.push(await measure(`${size}×${labels}, ${preset}`, { width, height, image, labels, unary, ...kernels }));
    if (i > 0) continue;
    for (const count of [2, 21, 150]) {
      const problem = withNoise({ width, height, image, ...kernels }, count);
      table.push(await measure(`${size}×${count}, ${preset}, made-up unaries`, problem));
    }
  }
}
segmenter.dispose();
rmSync(folder, { recursive: true });

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const results = fileURLToPath(new URL('../results/', import.meta.url));
mkdirSync(results, { recursive: true });
writeFileSync(
  `${results}crf${threads > 1 ? `-${threads}-threads` : ''}.md`,
  `# Dense CRF beside pydensecrf

Lattices, 10 iterations and marginals: everything but the unaries. Milliseconds, ${clock} time with ${threads} of our threads, medians of ${rounds}
runs in turns. pydensecrf is its C++ core with \`g++ -O3\`; ours is \`lattice()\`, once with all labels (\`tolerance: 0\`) and once as it comes. With
made-up unaries no label can be dropped. The difference is the largest of a marginal, and the number of pixels whose label is another one.

${cpus()[0]?.model.trim()}, load ${(loadavg()[0] ?? 0).toFixed(1)} on ${cpus().length} cores, Node ${process.version}; commit ${commit}, ${new Date().toISOString().slice(0, 10)}.

| | pydensecrf ms | all labels ms | default ms | largest difference, other labels | MB |
| --- | ---: | ---: | ---: | ---: | ---: |
${table.join('\n')}
`,
);

// @ts-check
// pydensecrf's C++ core, built from a checkout of it, as a process that runs one problem as often as it is told to.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { mostBytes } from '../process/most-bytes.js';

const UNITS = [
  'densecrf',
  'labelcompatibility',
  'objective',
  'optimization',
  'pairwise',
  'permutohedral',
  'unary',
  'util',
];

/**
 * @typedef {object} Problem
 * @property {number} width
 * @property {number} height
 * @property {Uint8Array} image RGB
 * @property {number} labels
 * @property {Float32Array} unary `[pixels, labels]`
 * @property {number} iterations
 * @property {readonly [xyStd: number, weight: number]} gaussian
 * @property {readonly [xyStd: number, rgbStd: number, weight: number]} bilateral
 */

/**
 * Compiles it as its own setup does, without flags for this processor.
 *
 * @param {string} checkout of github.com/lucasb-eyer/pydensecrf
 * @param {string} folder where the program goes
 */
export function buildPydensecrf(checkout, folder) {
  const core = join(checkout, 'pydensecrf', 'densecrf');
  const lbfgs = join(core, 'external', 'liblbfgs');
  const program = join(folder, 'pydensecrf');
  execFileSync('g++', [
    ...['-O3', '-DNDEBUG', '-w', '-I', join(core, 'include'), '-I', join(lbfgs, 'include')],
    fileURLToPath(new URL('pydensecrf.cpp', import.meta.url)),
    ...UNITS.map((unit) => join(core, 'src', `${unit}.cpp`)),
    ...[join(lbfgs, 'lib', 'lbfgs.c'), '-o', program],
  ]);
  return program;
}

/**
 * Starts the program.
 *
 * @param {string} program
 * @param {Problem} problem
 * @param {string} folder for its files
 */
export function startPydensecrf(program, problem, folder) {
  const { width, height, image, labels, unary, iterations, gaussian, bilateral } = problem;
  const [input, output] = [join(folder, 'problem'), join(folder, 'marginals')];
  const header = [new Int32Array([width, height, labels, iterations]), new Float32Array([...gaussian, ...bilateral])];
  writeFileSync(
    input,
    Buffer.concat([...header, image, unary].map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength))),
  );
  const child = spawn(program, [input, output], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** Milliseconds of one run. */
    async run() {
      child.stdin.write('\n');
      return Number((await lines.next()).value);
    },
    /** @returns {Promise<{ marginals: Float32Array, bytes: number | undefined }>} marginals of the last run, and the most that the process held */
    async finish() {
      const bytes = mostBytes(child.pid);
      child.stdin.end();
      await once(child, 'close');
      const { buffer, byteOffset, byteLength } = readFileSync(output);
      return { marginals: new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength)), bytes };
    },
  };
}

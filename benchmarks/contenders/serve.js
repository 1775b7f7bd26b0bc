// @ts-check
// One contender in a process or worker of its own, which waits while others run.
import { crfOf, problemOf } from '../problems/index.js';

/** @typedef {{ readonly engine: string, readonly threads: number, readonly software: boolean }} Setting `software` takes GPUs that are none. */
/**
 * @typedef {object} Runnable
 * @property {() => Promise<ArrayLike<number>>} run
 * @property {boolean} [channelsFirst] of what comes out
 * @property {number} [since] when it was handed what its own tools would have written, which counts for nothing
 */
/** @typedef {(problem: import('../problems/index.js').Problem, setting: Setting) => Promise<Runnable>} Load Makes a network runnable, on its image. */
/** @typedef {(problem: import('../crf/pydensecrf.js').Problem, setting: Setting) => Promise<Runnable>} LoadCrf */
/** @typedef {Readonly<Record<string, () => Promise<Load | LoadCrf>>>} Engines each fetched when it is its turn */
/** @typedef {{ readonly contender: import('./list.js').Contender, readonly task: import('../problems/index.js').Task, readonly software: boolean, readonly longTurnMs: number }} Job `longTurnMs` are enough for a turn. */
/** @typedef {{ readonly loadMs: number, readonly firstMs: number, readonly values: Float32Array }} Loaded `values` as `[n, h, w, c]` */

/** A turn is the median of so many runs, of more where these take less than `TURN_MS`, and of fewer where they take long. */
const TURN_RUNS = 3;
const TURN_MS = 40;

/** @param {readonly number[]} list */
const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;

/** @param {ArrayLike<number>} values @param {number} channels */
function channelsLast(values, channels) {
  const pixels = values.length / channels;
  const result = new Float32Array(values.length);
  for (let i = 0; i < result.length; i++) result[i] = values[(i % channels) * pixels + Math.floor(i / channels)] ?? NaN;
  return result;
}

/** Channels of what comes out. @param {import('../problems/index.js').Problem} problem */
function channelsOf({ graph }) {
  const [output] = Object.values(graph.outputs);
  return graph.nodes.find(({ name }) => name === output)?.shape[3] ?? 1;
}

/**
 * @param {Engines} engines
 * @returns what answers messages: a job with how long it took to load and its first run; `run` with the milliseconds of a run.
 */
export function serveContender(engines) {
  /** @type {Runnable | undefined} */
  let runnable;
  let mostMs = Infinity;

  /** @param {Job} job @returns {Promise<Loaded>} */
  async function begin({ contender: { engine, threads }, task, software, longTurnMs }) {
    mostMs = longTurnMs;
    const load = await engines[engine]?.();
    if (load === undefined) throw new Error(`there is no engine "${engine}" here`);
    const isCrf = task.what === 'crf';
    const problem = isCrf ? undefined : problemOf(task);
    const setting = { engine, threads, software };
    const crf = isCrf ? crfOf(task) : undefined;
    const start = performance.now();
    runnable = await (problem
      ? /** @type {Load} */ (load)(problem, setting)
      : /** @type {LoadCrf} */ (load)(/** @type {import('../crf/pydensecrf.js').Problem} */ (crf), setting));
    const loaded = performance.now();
    const raw = await runnable.run();
    const [loadMs, firstMs] = [loaded - (runnable.since ?? start), performance.now() - loaded];
    const values = problem && runnable.channelsFirst ? channelsLast(raw, channelsOf(problem)) : Float32Array.from(raw);
    return { loadMs, firstMs, values };
  }

  async function turn() {
    if (runnable === undefined) throw new Error('nothing is loaded');
    /** @type {number[]} */
    const ms = [];
    const start = performance.now();
    const isOver = (/** @type {number} */ spent) => (spent >= TURN_MS && ms.length >= TURN_RUNS) || spent >= mostMs;
    for (let now = start; !isOver(now - start);) {
      await runnable.run();
      const end = performance.now();
      ms.push(end - now);
      now = end;
    }
    return { ms: middle(ms) };
  }

  return (/** @type {Job | 'run'} */ message) => (message === 'run' ? turn() : begin(message));
}

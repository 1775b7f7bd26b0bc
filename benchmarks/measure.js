// @ts-check
// Contenders in turns, wherever they run.
import { agreement, median } from './statistics.js';

/** @typedef {import('./contenders/list.js').Contender} Contender */
/** @typedef {import('./problems/index.js').Task} Task */
/** @typedef {{ readonly ms: number, readonly bytes?: number }} Turn milliseconds of a run, and the most memory that its process ever had. */
/** @typedef {import('./contenders/serve.js').Loaded & { run(): Promise<Turn>, stop(): void }} Started */
/** @typedef {(job: import('./contenders/serve.js').Job) => Promise<Started>} Start */
/** @typedef {{ readonly name: string, readonly reason: string }} Missing */
/**
 * @typedef {object} Result
 * @property {string} name
 * @property {string} engine
 * @property {number} threads
 * @property {number} loadMs until it could run
 * @property {number} firstMs of the first run
 * @property {readonly number[]} ms of each turn
 * @property {number} medianMs
 * @property {number} leastMs
 * @property {number} mostMs
 * @property {number} [bytes]
 * @property {number} [agreement] share of values that are those of the first
 */
/** @typedef {Omit<Task, 'means'> & { readonly results: readonly Result[], readonly missing: readonly Missing[] }} Measured */

/** Threads that wait by spinning for the next run have gone to sleep by then. */
const REST_MS = 50;

/** Seconds after which no round begins that is not needed. */
const ENOUGH_SECONDS = 20;
const FEWEST_ROUNDS = 3;

const rest = () => new Promise((resolve) => setTimeout(resolve, REST_MS));

/** @param {Contender} contender @param {Started} started @param {readonly Turn[]} turns @param {Started} reference @returns {Result} */
function resultOf({ name, engine, threads }, { loadMs, firstMs, values }, turns, reference) {
  const ms = turns.map((turn) => turn.ms);
  const bytes = turns.flatMap((turn) => turn.bytes ?? []);
  const same = agreement(values, reference.values);
  return {
    ...{ name, engine, threads, loadMs, firstMs, ms },
    ...{ medianMs: median(ms), leastMs: Math.min(...ms), mostMs: Math.max(...ms) },
    ...(bytes.length > 0 && { bytes: Math.max(...bytes) }),
    ...(same !== undefined && { agreement: same }),
  };
}

/**
 * Loads a problem into each contender, then has them run in turns.
 *
 * @param {Task} task
 * @param {readonly Contender[]} contenders of which those that fail are left out
 * @param {object} options
 * @param {Start} options.start
 * @param {number} options.rounds at most; fewer where they take long
 * @param {boolean} [options.software] whether GPUs count that are none
 * @param {(text: string) => unknown} [options.onProgress]
 * @param {AbortSignal} [options.signal]
 * @returns {Promise<Measured>}
 */
export async function measure(task, contenders, { start, rounds, software = false, onProgress = () => {}, signal }) {
  /** @type {{ contender: Contender, started: Started, turns: Turn[] }[]} */
  let all = [];
  /** @type {Missing[]} */
  const missing = [];
  const leaveOut = (/** @type {Contender} */ { name }, /** @type {unknown} */ error) =>
    missing.push({
      name,
      reason: String(error instanceof Error ? error.message : error).replace(/ imported from .*/s, ''),
    });
  try {
    for (const contender of contenders) {
      signal?.throwIfAborted();
      onProgress(`${contender.name} loads`);
      try {
        all.push({ contender, started: await start({ contender, task, software }), turns: [] });
      } catch (error) {
        leaveOut(contender, error);
      }
    }
    const since = performance.now();
    for (let round = 0; round < rounds; round++) {
      if (round >= FEWEST_ROUNDS && performance.now() - since > 1000 * ENOUGH_SECONDS) break;
      onProgress(`round ${round + 1} of ${rounds}`);
      for (const one of all) {
        signal?.throwIfAborted();
        await rest();
        try {
          one.turns.push(await one.started.run());
        } catch (error) {
          leaveOut(one.contender, error);
          one.started.stop();
          all = all.filter((other) => other !== one);
        }
      }
    }
    const { means: _, ...described } = task;
    const results = all.map(({ contender, started, turns }, _, [first]) =>
      resultOf(contender, started, turns, (first ?? { started }).started),
    );
    return { ...described, results, missing };
  } finally {
    for (const { started } of all) started.stop();
  }
}

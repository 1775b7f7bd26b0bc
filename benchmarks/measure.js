// @ts-check
// Contenders in turns, wherever they run.
import { agreement, median } from './statistics.js';

/** @typedef {import('./contenders/list.js').Contender} Contender */
/** @typedef {import('./problems/index.js').Task} Task */
/** @typedef {{ readonly ms: number, readonly bytes?: number }} Turn milliseconds of a run, and the most memory that its process ever had. */
/** @typedef {import('./contenders/serve.js').Loaded & { run(): Promise<Turn>, stop(): void }} Started */
/** @typedef {(job: import('./contenders/serve.js').Job, signal?: AbortSignal) => Promise<Started>} Start Leaves nothing running where it fails. */
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

/** Turns that everyone has, however long they take. */
const FEWEST_TURNS = 3;

/** Seconds of each contender for a problem, unless others are asked for: `npm run bench` takes less than ten minutes with these. */
export const USUAL_SECONDS = 2;

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
 * Loads a problem into each contender, then has them run in turns. Those that have had their seconds leave the further turns to others.
 *
 * @param {Task} task
 * @param {readonly Contender[]} contenders of which those that fail are left out
 * @param {object} options
 * @param {Start} options.start
 * @param {number} options.rounds turns of each at most
 * @param {number} [options.seconds] of each, after which it has no more turns than three; a third of them is enough for one turn
 * @param {boolean} [options.software] whether GPUs count that are none
 * @param {(text: string) => unknown} [options.onProgress]
 * @param {AbortSignal} [options.signal]
 * @returns {Promise<Measured>}
 */
export async function measure(task, contenders, options) {
  const { start, rounds, seconds = USUAL_SECONDS, software = false, onProgress = () => {}, signal } = options;
  const longTurnMs = (1000 * seconds) / FEWEST_TURNS;
  /** @type {{ contender: Contender, started: Started, turns: Turn[], spentMs: number }[]} */
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
        const started = await start({ contender, task, software, longTurnMs }, signal);
        all.push({ contender, started, turns: [], spentMs: 0 });
      } catch (error) {
        signal?.throwIfAborted();
        leaveOut(contender, error);
      }
    }
    for (let round = 0; round < rounds; round++) {
      onProgress(`round ${round + 1} of ${rounds}`);
      for (const one of all.filter(({ spentMs }) => round < FEWEST_TURNS || spentMs < 1000 * seconds)) {
        signal?.throwIfAborted();
        await rest();
        const since = performance.now();
        try {
          one.turns.push(await one.started.run());
          one.spentMs += performance.now() - since;
        } catch (error) {
          signal?.throwIfAborted();
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

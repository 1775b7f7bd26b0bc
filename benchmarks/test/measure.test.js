// @ts-check
import { describe, expect, it } from 'vitest';
import { measure } from '../measure.js';

const task = /** @type {const} */ ({ what: 'kernels', name: 'a-kernel', title: 'A kernel', size: 3 });
const contenders = ['slow', 'fast', 'broken'].map((name) => ({ name, engine: name, threads: 1 }));

/** @param {string[]} log @param {{ failing?: string }} [options] @returns {import('../measure.js').Start} */
const starting =
  (log, { failing } = {}) =>
  async ({ contender: { name } }) => {
    if (name === 'broken') throw new Error('it does not work here');
    let turns = 0;
    return {
      ...{ loadMs: 5, firstMs: 7, values: Float32Array.of(1, name === 'slow' ? 2 : 3) },
      async run() {
        if (name === failing) throw new Error('out of memory');
        log.push(name);
        return { ms: (name === 'slow' ? 10 : 1) * ++turns, bytes: 100 - turns };
      },
      stop: () => void log.push(`${name} stops`),
    };
  };

describe('measure', () => {
  it('has contenders run in turns, and leaves out those that fail', async () => {
    /** @type {string[]} */
    const log = [];
    const { results, missing } = await measure(task, contenders, { start: starting(log), rounds: 3 });
    expect(log).toEqual(['slow', 'fast', 'slow', 'fast', 'slow', 'fast', 'slow stops', 'fast stops']);
    expect(missing).toEqual([{ name: 'broken', reason: 'it does not work here' }]);
    const [slow, fast] = results;
    expect(slow).toMatchObject({ ms: [10, 20, 30], medianMs: 20, leastMs: 10, mostMs: 30, bytes: 99, agreement: 1 });
    expect(fast).toMatchObject({ medianMs: 2, loadMs: 5, firstMs: 7, agreement: 0.5 });
  });

  it('gives no more than three turns to those that have had their seconds', async () => {
    /** @type {string[]} */
    const log = [];
    /** @type {import('../measure.js').Start} */
    const start = async (job) => {
      const started = await starting(log)(job);
      const run = () => new Promise((resolve) => setTimeout(() => resolve(started.run()), 40));
      return job.contender.name === 'slow' ? { ...started, run } : started;
    };
    const { results } = await measure(task, contenders, { start, rounds: 5, seconds: 0.1 });
    expect(results.map(({ ms }) => ms.length)).toEqual([3, 5]);
    expect(log.slice(4)).toEqual(['slow', 'fast', 'fast', 'fast', 'slow stops', 'fast stops']);
  });

  it('says how long a turn may be: a third of the seconds', async () => {
    /** @type {number[]} */
    const longTurns = [];
    /** @type {import('../measure.js').Start} */
    const start = (job) => (longTurns.push(job.longTurnMs), starting([])(job));
    await measure(task, contenders.slice(0, 1), { start, rounds: 1, seconds: 6 });
    expect(longTurns).toEqual([2000]);
  });

  it('keeps nothing that only processes need', async () => {
    const measured = await measure({ ...task, means: [1] }, contenders, { start: starting([]), rounds: 1 });
    expect(JSON.parse(JSON.stringify(measured))).toEqual(measured);
    expect(measured).not.toHaveProperty('means');
  });

  it('goes on without one that fails midway', async () => {
    /** @type {string[]} */
    const log = [];
    const { results, missing } = await measure(task, contenders, {
      ...{ start: starting(log, { failing: 'slow' }), rounds: 2 },
    });
    expect(results.map(({ name, ms }) => [name, ms.length])).toEqual([['fast', 2]]);
    expect(missing).toContainEqual({ name: 'slow', reason: 'out of memory' });
    expect(log).toEqual(['slow stops', 'fast', 'fast', 'fast stops']);
  });

  it('stops all that it started when it is aborted', async () => {
    /** @type {string[]} */
    const log = [];
    const enough = new AbortController();
    const aborted = measure(task, contenders, {
      ...{ start: starting(log), rounds: 3, signal: enough.signal },
      onProgress: (text) => text.startsWith('round 2') && enough.abort(new Error('enough')),
    });
    await expect(aborted).rejects.toThrow('enough');
    expect(log).toEqual(['slow', 'fast', 'slow stops', 'fast stops']);
  });
});

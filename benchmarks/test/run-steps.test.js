// @ts-check
import { describe, expect, it } from 'vitest';
import { runSteps } from '../run-steps.js';

const contenders = [{ name: 'one', engine: 'one', threads: 1 }];
const missing = [{ name: 'other', reason: 'it is not installed' }];
const stepOf = (/** @type {number} */ size) => ({
  task: /** @type {const} */ ({ what: 'networks', name: 'a-network', title: 'A network', size }),
  ...{ contenders, missing },
});

/** @type {import('../measure.js').Start} */
const start = async () => ({
  ...{ loadMs: 1, firstMs: 1, values: new Float32Array(1) },
  ...{ run: async () => ({ ms: 5 }), stop() {} },
});

describe('runSteps', () => {
  it('gives all that was measured after each step, and says how much is done and left', async () => {
    /** @type {[text: string, share: number][]} */
    const results = [];
    const steps = runSteps([stepOf(128), stepOf(384), stepOf(128)], {
      ...{ start, rounds: 1, balance: async (task) => task },
      onProgress: (text, share, isResult) => isResult && results.push([text, share]),
    });
    const counts = [];
    for await (const measured of steps) counts.push(measured.length);
    expect(counts).toEqual([1, 2, 3]);
    // larger images take longer
    expect(results).toEqual([
      ['[1/3] A network, 128×128: one 5.00', 0],
      ['[2/3, less than a minute left] A network, 384×384: one 5.00', 0.25],
      ['[3/3, less than a minute left] A network, 128×128: one 5.00', 0.75],
    ]);
  });

  it('tells what is left out, with what the plan left out', async () => {
    for await (const [measured] of runSteps([stepOf(128)], {
      ...{ start: () => Promise.reject(new Error('out of memory')), rounds: 1 },
      ...{ balance: async (task) => task, onProgress() {} },
    }))
      expect(measured?.missing).toEqual([...missing, { name: 'one', reason: 'out of memory' }]);
  });
});

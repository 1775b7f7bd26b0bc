// @ts-check
import { describe, expect, it } from 'vitest';
import { inTime, patienceWith } from '../patience.js';

const never = new Promise(() => {});

describe('inTime', () => {
  it('is the answer, or what went wrong', async () => {
    await expect(inTime(Promise.resolve(5), 1, undefined)).resolves.toBe(5);
    await expect(inTime(Promise.reject(new Error('out of memory')), 1, undefined)).rejects.toThrow('out of memory');
  });

  it('gives up on who does not answer', async () => {
    await expect(inTime(never, 0.01, undefined)).rejects.toThrow('it gave no answer within 0.01 s');
  });

  it('ends with the reason of who does not wait any longer', async () => {
    await expect(inTime(never, 60, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    const later = new AbortController();
    const answer = inTime(never, 60, later.signal);
    later.abort(new Error('enough now'));
    await expect(answer).rejects.toThrow('enough now');
  });

  it('waits longer for GPUs in software', () => {
    expect(patienceWith({ software: true })).toBeGreaterThan(patienceWith({ software: false }));
  });
});

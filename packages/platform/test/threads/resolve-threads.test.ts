import { countCores, resolveThreads } from '@atrous/platform/threads';
import { availableParallelism } from 'node:os';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => vi.unstubAllGlobals());

it('gives as many threads as are wanted', () => {
  expect([1, 2, 16].map((threads) => resolveThreads(threads, 'the test'))).toEqual([1, 2, 16]);
});

it('gives one where a page is not isolated, and where memory cannot be shared', () => {
  vi.stubGlobal('crossOriginIsolated', false);
  expect(resolveThreads(4, 'the test')).toBe(1);
  vi.stubGlobal('crossOriginIsolated', true);
  expect(resolveThreads(4, 'the test')).toBe(4);
  vi.stubGlobal('SharedArrayBuffer', undefined);
  expect(resolveThreads(4, 'the test')).toBe(1);
});

it.each([0, 1.5, 17, NaN])('refuses %d threads', (threads) => {
  const message = `${threads} threads for the test, expected 1 … 16`;
  expect(() => resolveThreads(threads, 'the test')).toThrow(expect.objectContaining({ code: 'THREADS', message }));
});

it('counts cores', () => {
  expect(countCores()).toBe(availableParallelism());
});

import { camvid, prefetchBatches, type Batch, type Batches } from '@atrous/data';
import { expect, it } from 'vitest';

const batchOf = (step: number): Batch => ({
  images: { shape: [1], data: Float32Array.of(step) },
  labels: { shape: [1], data: Int32Array.of(step) },
});

/** Batches that take a moment, and what was asked of them. */
function counted(failing = -1) {
  const begun: number[] = [];
  const aborted: number[] = [];
  const batches: Batches = {
    labels: camvid,
    stepsPerEpoch: 4,
    async batch(step, { signal } = {}) {
      begun.push(step);
      signal?.addEventListener('abort', () => aborted.push(step));
      await new Promise((done) => setTimeout(done, 1));
      if (step === failing) throw new Error('bad step');
      return batchOf(step);
    },
  };
  return { batches, begun, aborted };
}

it('makes no more than the next ones ahead', async () => {
  const { batches, begun } = counted();
  const prefetched = prefetchBatches(batches, { ahead: 2 });
  expect(await prefetched.batch(0)).toEqual(batchOf(0));
  expect(begun).toEqual([0, 1, 2]);
  await prefetched.batch(1);
  await prefetched.batch(2);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
});

it('drops what was made ahead when another step comes', async () => {
  const { batches, begun, aborted } = counted();
  const prefetched = prefetchBatches(batches, { ahead: 1 });
  await prefetched.batch(0);
  expect(await prefetched.batch(7)).toEqual(batchOf(7));
  expect(begun).toEqual([0, 1, 7, 8]);
  expect(aborted).toEqual([1]);
  expect(await prefetched.batch(7)).toEqual(batchOf(7));
});

it('fails at the step that fails, as often as it is asked for', async () => {
  const prefetched = prefetchBatches(counted(1).batches, { ahead: 3 });
  expect(await prefetched.batch(0)).toEqual(batchOf(0));
  await new Promise((done) => setTimeout(done, 5));
  await expect(prefetched.batch(1)).rejects.toThrow('bad step');
  await expect(prefetched.batch(1)).rejects.toThrow('bad step');
  expect(await prefetched.batch(2)).toEqual(batchOf(2));
});

it('makes nothing ahead when it is told so', async () => {
  const { batches, begun } = counted();
  await prefetchBatches(batches, { ahead: 0 }).batch(3);
  expect(begun).toEqual([3]);
});

it('aborts what it makes when it is disposed of', async () => {
  const { batches, aborted } = counted();
  const prefetched = prefetchBatches(batches, { ahead: 2 });
  await prefetched.batch(0);
  await prefetched.dispose();
  expect(aborted).toEqual([1, 2]);
});

import { DataError } from '@atrous/core';
import type { Batch, Batches } from './create-batches.ts';
import { untilAborted } from './until-aborted.ts';

/** Batches that hold threads or memory until they are disposed of. */
export interface DisposableBatches extends Batches {
  /** Stops what is being made and frees everything. Batches that are waited for are rejected. */
  dispose(): Promise<void>;
}

/** Options of {@link prefetchBatches}. */
export interface PrefetchOptions {
  /** Batches that are made ahead of the one that is asked for, at least 0; 2 by default. No more than these are kept. */
  readonly ahead?: number | undefined;
}

interface Coming {
  readonly batch: Promise<Batch>;
  readonly controller: AbortController;
  /** Whether somebody has asked for it. */
  isWanted: boolean;
}

const disposed = (): DataError =>
  new DataError('the batches have been disposed of', { code: 'BATCHES_DISPOSED', hint: 'open them again' });

/**
 * Makes the next batches while the last one is used. They are the same as without it, in any order of steps; one that cannot be made is
 * an error when it is asked for, not before.
 */
export function prefetchBatches(batches: Batches, { ahead = 2 }: PrefetchOptions = {}): DisposableBatches {
  const coming = new Map<number, Coming>();
  let isDisposed = false;
  const begin = (step: number): Coming => {
    const begun = coming.get(step);
    if (begun !== undefined) return begun;
    const controller = new AbortController();
    const { signal } = controller;
    const batch = untilAborted(batches.batch(step, { signal }), signal);
    // Nobody may ever ask for it.
    batch.catch(() => undefined);
    const one: Coming = { batch, controller, isWanted: false };
    coming.set(step, one);
    return one;
  };
  const drop = (step: number, reason: Error): void => {
    coming.get(step)?.controller.abort(reason);
    coming.delete(step);
  };
  return {
    labels: batches.labels,
    stepsPerEpoch: batches.stepsPerEpoch,
    async batch(step, { signal } = {}) {
      signal?.throwIfAborted();
      if (isDisposed) throw disposed();
      for (const [other, { isWanted }] of [...coming])
        if (!isWanted && (other < step || other > step + ahead)) drop(other, new Error(`step ${step} came instead`));
      const one = begin(step);
      one.isWanted = true;
      for (let next = step + 1; next <= step + ahead; next++) begin(next);
      try {
        return await untilAborted(one.batch, signal);
      } finally {
        if (coming.get(step) === one) coming.delete(step);
      }
    },
    dispose() {
      isDisposed = true;
      for (const step of [...coming.keys()]) drop(step, disposed());
      return Promise.resolve();
    },
  };
}

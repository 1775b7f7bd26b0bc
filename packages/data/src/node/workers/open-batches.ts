import { ShapeError } from '@atrous/core';
import { existsSync } from 'node:fs';
import { prefetchBatches, type DisposableBatches, type PrefetchOptions } from '../../batches/prefetch-batches.ts';
import { createBatchPool } from './batch-pool.ts';
import { batchesOf, type BatchRecipe } from './batch-recipe.ts';

/** Options of {@link openBatches}. */
export interface OpenBatchesOptions extends PrefetchOptions {
  /** Threads that prepare batches beside the main one; 1 by default, 0 prepares them in the main thread. */
  readonly workers?: number | undefined;
  /**
   * The workers' script, `@atrous/data/node/batch-worker`, for programs that are bundled into one file. Where it is not beside this
   * package's files and none is given, batches are prepared in the main thread.
   */
  readonly script?: URL | undefined;
}

/**
 * Batches of a data set for training, prepared ahead in threads of their own. Order and content follow from the recipe alone: they are the
 * same for any number of workers. `dispose` ends the threads; threads that have nothing to do do not keep the process alive.
 *
 * Batches are rejected with the errors of `sample.open` and of the transforms, with the reason of their signal, and with DataError
 * `WORKER_FAILED` when a thread ended by itself.
 *
 * @throws DataError as `openDataset`; ShapeError when `workers` is not a whole number of at least 0 or a transform's option is wrong.
 */
export async function openBatches(recipe: BatchRecipe, options: OpenBatchesOptions = {}): Promise<DisposableBatches> {
  const { workers = 1, script = new URL('./batch-worker.js', import.meta.url) } = options;
  if (!Number.isInteger(workers) || workers < 0)
    throw new ShapeError(`batches cannot be prepared by ${workers} workers`, { code: 'OPTION' });
  const local = await batchesOf(recipe);
  if (workers === 0 || !existsSync(script)) return prefetchBatches(local, { ahead: options.ahead ?? 1 });
  const pool = createBatchPool(script, recipe, workers);
  const remote = {
    ...local,
    batch: (step: number, { signal }: { signal?: AbortSignal | undefined } = {}) => pool.batch(step, signal),
  };
  const prefetched = prefetchBatches(remote, { ahead: options.ahead ?? workers + 1 });
  return {
    ...prefetched,
    async dispose() {
      await prefetched.dispose();
      await pool.dispose();
    },
  };
}

import { BackendError, createPace, createQueue, type LongRunningOptions } from '@atrous/core';
import type { CrfField, FieldSpec } from '../engine.ts';
import { keptKernels } from '../parameters/kept-kernels.ts';
import { filter } from './filter.ts';
import { fillBlocks, packBlocks, type KernelBlock } from './kernel-blocks.ts';
import type { Kernels } from './kernels.ts';
import { meanField } from './mean-field.ts';

/** What a field holds until it is disposed. */
interface Held {
  readonly field: FieldSpec;
  /** Of its kernels, in their order. */
  readonly blocks: readonly KernelBlock[];
}

/** Another field, in the memory of an old one, of which what is the same stays. */
async function goOn(kernels: Kernels, old: Held, field: FieldSpec, options: LongRunningOptions): Promise<Held> {
  const kept = keptKernels(old.field, field).map((k) => (k === undefined ? undefined : old.blocks[k]));
  return { field, blocks: await fillBlocks(kernels, field, packBlocks(kernels, kept), options) };
}

/**
 * Prepares a field in an empty memory.
 *
 * @param giveBack takes the memory once the field is disposed and nothing computes in it any more.
 */
export async function createField(
  kernels: Kernels,
  field: FieldSpec,
  options: LongRunningOptions,
  giveBack: () => void,
): Promise<CrfField> {
  const queue = createQueue();
  const nothing: Held = { field: { ...field, kernels: [] }, blocks: [] };
  let state: Held | undefined = await goOn(kernels, nothing, field, options);
  let [isBusy, isDisposed] = [false, false];
  const run = <T>(job: (held: Held) => T | Promise<T>, signal?: AbortSignal): Promise<T> =>
    queue.run(async () => {
      if (isDisposed || state === undefined)
        throw new BackendError('the field was disposed', { code: 'DISPOSED', hint: 'prepare another one' });
      isBusy = true;
      try {
        return await job(state);
      } finally {
        isBusy = false;
        if (isDisposed) giveBack();
      }
    }, signal);
  const dispose = (): void => {
    if (!isDisposed && !isBusy) giveBack();
    isDisposed = true;
  };
  return {
    get memory() {
      return { bytes: isDisposed ? 0 : kernels.arena.memory.buffer.byteLength };
    },
    infer: (problem, options = {}) =>
      run(({ blocks }) => {
        const prepared = blocks.map(({ kernel }) => kernel);
        return meanField(kernels, prepared, problem, options);
      }, options.signal),
    filter: (kernel, values, channels, transpose, options = {}) =>
      run(({ blocks }) => {
        const pace = createPace('filter', options);
        return filter(kernels, blocks[kernel]!.kernel, { values, channels }, pace, transpose);
      }, options.signal),
    update: (next, options = {}) =>
      run(async (old) => {
        // a field without its lattices is of no use, should building be aborted
        state = undefined;
        state = await goOn(kernels, old, next, options);
      }, options.signal),
    dispose,
    [Symbol.dispose]: dispose,
  };
}

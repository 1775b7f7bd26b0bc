import { BackendError, createPace, createQueue, type LongRunningOptions } from '@atrous/core';
import type { CrfField, FieldSpec } from '../engine.ts';
import type { CrfImage } from '../kernel-spec.ts';
import type { Address } from './assembly.ts';
import { filter } from './filter.ts';
import type { Kernels } from './kernels.ts';
import { prepareKernel, type LatticeKernel } from './lattice-kernel.ts';
import { meanField } from './mean-field.ts';

/** What a field holds until it is disposed. */
interface Held {
  readonly prepared: readonly LatticeKernel[];
  /** Where lattices begin that depend on the image: they lie behind all others, so that they can be replaced. */
  readonly mark: Address;
}

const looksAtImage = (field: FieldSpec, kernel: number): boolean => field.kernels[kernel]!.kind === 'bilateral';

/** Builds the lattices of some kernels, and puts them into `prepared`. */
async function prepareKernels(
  kernels: Kernels,
  field: FieldSpec,
  which: readonly number[],
  prepared: LatticeKernel[],
  options: LongRunningOptions,
): Promise<void> {
  for (const [done, kernel] of which.entries()) {
    const spec = field.kernels[kernel]!;
    options.signal?.throwIfAborted();
    options.onProgress?.({ phase: 'prepare', completed: done, total: which.length, item: spec.kind });
    const pace = createPace('prepare', { signal: options.signal });
    prepared[kernel] = await prepareKernel(kernels, spec, field, pace);
  }
}

async function prepareAll(kernels: Kernels, field: FieldSpec, options: LongRunningOptions): Promise<Held> {
  const prepared: LatticeKernel[] = [];
  const indices = [...field.kernels.keys()];
  const fixed = indices.filter((kernel) => !looksAtImage(field, kernel));
  await prepareKernels(kernels, field, fixed, prepared, options);
  const mark = kernels.arena.mark();
  const others = indices.filter((kernel) => looksAtImage(field, kernel));
  await prepareKernels(kernels, field, others, prepared, options);
  return { prepared, mark };
}

/** The same field with another image, in the same memory. */
async function replaceImage(
  kernels: Kernels,
  held: Held,
  field: FieldSpec,
  options: LongRunningOptions,
): Promise<Held> {
  const prepared = [...held.prepared];
  const indices = [...field.kernels.keys()].filter((kernel) => looksAtImage(field, kernel));
  kernels.arena.release(held.mark);
  await prepareKernels(kernels, field, indices, prepared, options);
  return { ...held, prepared };
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
  let state: Held | undefined = await prepareAll(kernels, field, options);
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
      run(({ prepared }) => meanField(kernels, prepared, problem, options), options.signal),
    filter: (kernel, values, channels, transpose) =>
      run(({ prepared }) => filter(kernels, prepared[kernel]!, values, channels, transpose)),
    setImage: (image: CrfImage, options: LongRunningOptions = {}) =>
      run(async (old) => {
        // a field without its lattices is of no use, should building be aborted
        state = undefined;
        state = await replaceImage(kernels, old, { ...field, image }, options);
      }, options.signal),
    dispose,
    [Symbol.dispose]: dispose,
  };
}

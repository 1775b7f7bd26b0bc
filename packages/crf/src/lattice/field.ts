import { BackendError, createPace, createQueue, type LongRunningOptions } from '@atrous/core';
import type { CrfField, FieldSpec } from '../engine.ts';
import type { CrfImage } from '../kernel-spec.ts';
import { createArena } from './arena.ts';
import type { Address } from './assembly.ts';
import { filter } from './filter.ts';
import { instantiate, type Kernels } from './kernels.ts';
import { prepareKernel, type LatticeKernel } from './lattice-kernel.ts';
import { meanField } from './mean-field.ts';

/** What a field holds until it is disposed. */
interface Held {
  readonly kernels: Kernels;
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

async function prepareAll(module: WebAssembly.Module, field: FieldSpec, options: LongRunningOptions): Promise<Held> {
  const kernels = await instantiate(module, createArena());
  const prepared: LatticeKernel[] = [];
  const indices = [...field.kernels.keys()];
  const fixed = indices.filter((kernel) => !looksAtImage(field, kernel));
  await prepareKernels(kernels, field, fixed, prepared, options);
  const mark = kernels.arena.mark();
  const others = indices.filter((kernel) => looksAtImage(field, kernel));
  await prepareKernels(kernels, field, others, prepared, options);
  return { kernels, prepared, mark };
}

/** The same field with another image, in the same memory. */
async function replaceImage(held: Held, field: FieldSpec, options: LongRunningOptions): Promise<Held> {
  const prepared = [...held.prepared];
  const indices = [...field.kernels.keys()].filter((kernel) => looksAtImage(field, kernel));
  held.kernels.arena.release(held.mark);
  await prepareKernels(held.kernels, field, indices, prepared, options);
  return { ...held, prepared };
}

/** Prepares a field whose lattices lie in a memory of their own. */
export async function createField(
  module: WebAssembly.Module,
  field: FieldSpec,
  options: LongRunningOptions,
): Promise<CrfField> {
  const queue = createQueue();
  let state: Held | undefined = await prepareAll(module, field, options);
  const held = (): Held => {
    if (state === undefined)
      throw new BackendError('the field was disposed', { code: 'DISPOSED', hint: 'prepare another one' });
    return state;
  };
  const dispose = (): void => void (state = undefined);
  return {
    get memory() {
      return { bytes: state?.kernels.arena.memory.buffer.byteLength ?? 0 };
    },
    infer: (problem, options = {}) =>
      queue.run(() => {
        const { kernels, prepared } = held();
        return meanField(kernels, prepared, problem, options);
      }, options.signal),
    filter: (kernel, values, channels, transpose) =>
      queue.run(async () => {
        const { kernels, prepared } = held();
        return filter(kernels, prepared[kernel]!, values, channels, transpose);
      }),
    setImage: (image: CrfImage, options: LongRunningOptions = {}) =>
      queue.run(async () => {
        const old = held();
        // a field without its lattices is of no use, should building be aborted
        state = undefined;
        state = await replaceImage(old, { ...field, image }, options);
      }, options.signal),
    dispose,
    [Symbol.dispose]: dispose,
  };
}

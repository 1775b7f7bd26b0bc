import { BackendError, createPace, createQueue, type LongRunningOptions } from '@atrous/core';
import type { CrfEngine, CrfField, FieldSpec } from '../engine.ts';
import { keptKernels } from '../parameters/kept-kernels.ts';
import { exactKernel, type ExactKernel } from './exact-kernel.ts';
import { kernelFeatures } from './kernel-features.ts';
import { meanField } from './mean-field.ts';

/** What a field holds until it is disposed. */
interface Held {
  readonly spec: FieldSpec;
  readonly kernels: readonly ExactKernel[];
}

async function prepareKernels(spec: FieldSpec, options: LongRunningOptions, old?: Held): Promise<Held> {
  const kept = old ? keptKernels(old.spec, spec) : [];
  const total = spec.kernels.length - kept.filter((k) => k !== undefined).length;
  const kernels: ExactKernel[] = [];
  let completed = 0;
  for (const [k, kernel] of spec.kernels.entries()) {
    const same = old?.kernels[kept[k] ?? -1];
    if (same === undefined)
      options.onProgress?.({ phase: 'prepare', completed: completed++, total, item: kernel.kind });
    const pace = createPace('prepare', { signal: options.signal });
    kernels.push(same ?? (await exactKernel(kernelFeatures(kernel, spec), kernel.normalization ?? 'symmetric', pace)));
  }
  return { spec, kernels };
}

async function prepare(spec: FieldSpec, options: LongRunningOptions = {}): Promise<CrfField> {
  const queue = createQueue();
  let state: Held | undefined = await prepareKernels(spec, options);
  const held = (): Held => {
    if (state === undefined)
      throw new BackendError('the field was disposed', { code: 'DISPOSED', hint: 'prepare another one' });
    return state;
  };
  const dispose = (): void => void (state = undefined);
  return {
    get memory() {
      return { bytes: (state?.kernels ?? []).reduce((sum, kernel) => sum + kernel.bytes, 0) };
    },
    infer: (problem, options = {}) => queue.run(() => meanField(problem, held().kernels, options), options.signal),
    filter: (kernel, values, channels, transpose, options = {}) =>
      queue.run(async () => {
        const pace = createPace('filter', options);
        const { kernels } = held();
        return Float32Array.from(await kernels[kernel]!.filter(Float64Array.from(values), channels, pace, transpose));
      }, options.signal),
    update: (field, options = {}) =>
      queue.run(async () => {
        const next = await prepareKernels(field, options, held());
        // a field that was disposed meanwhile stays so
        if (state !== undefined) state = next;
      }, options.signal),
    dispose,
    [Symbol.dispose]: dispose,
  };
}

/**
 * The definition: every pair of pixels, in float64. The time grows with the square of the pixels (64×48 pixels and 5 labels take a second,
 * a photo of 500×375 hours), so it is for small maps, and for measuring how exact the other engines are.
 *
 * `tolerance` does nothing here: no label is left out.
 */
export const exact = (): CrfEngine => ({
  name: 'exact',
  available: async () => ({ available: true, detail: 'plain JavaScript, float64' }),
  prepare,
});

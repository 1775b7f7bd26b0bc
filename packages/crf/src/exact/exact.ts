import { BackendError, createPace, createQueue, type LongRunningOptions } from '@atrous/core';
import type { CrfEngine, CrfField, FieldSpec } from '../engine.ts';
import { exactKernel, type ExactKernel } from './exact-kernel.ts';
import { kernelFeatures } from './kernel-features.ts';
import { meanField } from './mean-field.ts';

async function kernelsOf(spec: FieldSpec, options: LongRunningOptions, kept: readonly ExactKernel[] = []) {
  const kernels: ExactKernel[] = [];
  for (const [k, kernel] of spec.kernels.entries()) {
    options.onProgress?.({ phase: 'prepare', completed: k, total: spec.kernels.length, item: kernel.kind });
    const pace = createPace('prepare', { signal: options.signal });
    const old = kernel.kind === 'bilateral' ? undefined : kept[k];
    kernels.push(old ?? (await exactKernel(kernelFeatures(kernel, spec), kernel.normalization ?? 'symmetric', pace)));
  }
  return kernels;
}

async function prepare(spec: FieldSpec, options: LongRunningOptions = {}): Promise<CrfField> {
  const queue = createQueue();
  let kernels: readonly ExactKernel[] | undefined = await kernelsOf(spec, options);
  const held = (): readonly ExactKernel[] => {
    if (kernels === undefined)
      throw new BackendError('the field was disposed', { code: 'DISPOSED', hint: 'prepare another one' });
    return kernels;
  };
  const dispose = (): void => void (kernels = undefined);
  return {
    get memory() {
      return { bytes: (kernels ?? []).reduce((sum, kernel) => sum + kernel.bytes, 0) };
    },
    infer: (problem, options = {}) => queue.run(() => meanField(problem, held(), options), options.signal),
    filter: (kernel, values, channels, transpose) =>
      queue.run(async () => {
        const pace = createPace('filter', {});
        return Float32Array.from(await held()[kernel]!.filter(Float64Array.from(values), channels, pace, transpose));
      }),
    setImage: (image, options = {}) =>
      queue.run(async () => {
        const next = await kernelsOf({ ...spec, image }, options, held());
        // a field that was disposed meanwhile stays so
        if (kernels !== undefined) kernels = next;
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

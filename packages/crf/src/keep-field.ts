import type { LongRunningOptions } from '@atrous/core';
import { checkField } from './check/check-field.ts';
import type { CrfEngine, CrfField, FieldSpec } from './engine.ts';
import type { CrfImage, KernelSpec } from './kernel-spec.ts';
import { sameKernels } from './parameters/same-kernels.ts';

/** The field of the last run, as long as picture and kernels stay what they were. */
interface FieldKeeper {
  bytes(): number;
  fieldFor(kernels: readonly KernelSpec[], image: CrfImage | undefined, options: LongRunningOptions): Promise<CrfField>;
  setImage(image: CrfImage, options: LongRunningOptions): Promise<void>;
  dispose(): void;
}

/** Keeps nothing at first. Its calls must wait for each other. */
export function keepField(engine: CrfEngine, { width, height }: Pick<FieldSpec, 'width' | 'height'>): FieldKeeper {
  let kept: { readonly kernels: readonly KernelSpec[]; readonly field: CrfField } | undefined;
  const dispose = (): void => {
    kept?.field.dispose();
    kept = undefined;
  };
  return {
    bytes: () => kept?.field.memory.bytes ?? 0,
    async fieldFor(kernels, image, options) {
      if (kept && sameKernels(kept.kernels, kernels)) return kept.field;
      const spec = { width, height, image, kernels };
      checkField(spec);
      // first, so that the memory of two fields is never held at once
      dispose();
      const field = await engine.prepare(spec, options);
      kept = { kernels, field };
      return field;
    },
    async setImage(image, options) {
      try {
        await kept?.field.setImage(image, options);
      } catch (error) {
        // half of one picture, half of the other
        dispose();
        throw error;
      }
    },
    dispose,
  };
}

import type { LongRunningOptions } from '@atrous/core';
import { checkField } from './check/check-field.ts';
import type { CrfEngine, CrfField, FieldSpec } from './engine.ts';
import { isSameField } from './parameters/kept-kernels.ts';

/** The field of the last run, for the next. */
export interface FieldKeeper {
  bytes(): number;
  /**
   * The field that was asked for. What it has in common with the last one of this engine is kept.
   *
   * @throws as `checkField`.
   */
  fieldFor(engine: CrfEngine, spec: FieldSpec, options: LongRunningOptions): Promise<CrfField>;
  dispose(): void;
}

/** Keeps nothing at first. Its calls must wait for each other. */
export function keepField(): FieldKeeper {
  let kept: { readonly engine: CrfEngine; readonly spec: FieldSpec; readonly field: CrfField } | undefined;
  const dispose = (): void => {
    kept?.field.dispose();
    kept = undefined;
  };
  const update = async (field: CrfField, spec: FieldSpec, options: LongRunningOptions): Promise<CrfField> => {
    try {
      await field.update(spec, options);
      return field;
    } catch (error) {
      // half of one field, half of the other
      dispose();
      throw error;
    }
  };
  return {
    bytes: () => kept?.field.memory.bytes ?? 0,
    async fieldFor(engine, spec, options) {
      const old = kept?.engine === engine ? kept : undefined;
      if (old && isSameField(old.spec, spec)) return old.field;
      checkField(spec);
      // first, so that the memory of two engines is never held at once
      if (!old) dispose();
      const field = old ? await update(old.field, spec, options) : await engine.prepare(spec, options);
      kept = { engine, spec, field };
      return field;
    },
    dispose,
  };
}

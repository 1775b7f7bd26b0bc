import type { LongRunningOptions } from '@atrous/core';
import type { CrfField, FieldSpec } from '../engine.ts';
import { createBuffers } from './buffers.ts';
import { filter } from './filter.ts';
import { goOn, type HeldKernels } from './held-kernels.ts';
import { createJobs } from './jobs.ts';
import type { LatticeBuilder } from './lattice-builder.ts';
import { solve, type Workplace } from './mean-field.ts';
import { readMarginals } from './pack.ts';
import type { Session } from './session.ts';

/** Prepares a field on a device. */
export async function createField(
  session: Session,
  builder: LatticeBuilder,
  field: FieldSpec,
  options: LongRunningOptions,
): Promise<CrfField> {
  const nothing: HeldKernels = { field: { ...field, kernels: [] }, kernels: [] };
  let held = await goOn(session, builder, nothing, field, options);
  const buffers = createBuffers(session.device);
  const all = () => [buffers, ...held.kernels.map((kernel) => kernel.buffers)];
  const place = (): Workplace => ({ session, buffers, kernels: held.kernels });
  const jobs = createJobs(() => {
    for (const one of all()) one.dispose();
  });
  return {
    get memory() {
      return { bytes: jobs.isDisposed ? 0 : all().reduce((sum, { bytes }) => sum + bytes, 0) };
    },
    infer: (problem, options = {}) =>
      jobs.run(async () => {
        const { inference, outcome } = await solve(place(), problem, options);
        return { marginals: await readMarginals(place(), inference), ...outcome };
      }, options.signal),
    filter: (kernel, values, channels, transpose = false, options = {}) =>
      jobs.run(() => filter(place(), held.kernels[kernel]!, { values, channels }, transpose, options), options.signal),
    update: (next, options = {}) =>
      jobs.run(async () => {
        held = await goOn(session, builder, held, next, options);
      }, options.signal),
    dispose: jobs.dispose,
    [Symbol.dispose]: jobs.dispose,
  };
}

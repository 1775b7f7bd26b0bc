import type { LongRunningOptions } from '@atrous/core';
import { keptKernels } from '../parameters/kept-kernels.ts';
import { buildKernel } from './build/build-kernel.ts';
import type { DeviceFieldSpec } from './device-image.ts';
import type { DeviceKernel } from './device-kernel.ts';
import type { Session } from './session.ts';

/** A field's kernels on a device, in their order. */
export interface HeldKernels {
  readonly field: DeviceFieldSpec;
  readonly kernels: readonly DeviceKernel[];
}

const free = (kernels: readonly DeviceKernel[]): void => {
  for (const { buffers } of kernels) buffers.dispose();
};

/** Builds those of the kernels that are not there yet. */
async function buildMissing(
  session: Session,
  field: DeviceFieldSpec,
  kept: readonly (DeviceKernel | undefined)[],
  { signal, onProgress }: LongRunningOptions,
): Promise<readonly DeviceKernel[]> {
  const kernels = [...kept];
  const missing = [...field.kernels.entries()].filter(([k]) => kept[k] === undefined);
  const built: DeviceKernel[] = [];
  try {
    for (const [k, { kind }] of missing) {
      signal?.throwIfAborted();
      onProgress?.({ phase: 'prepare', completed: built.length, total: missing.length, item: kind });
      built.push((kernels[k] = await buildKernel(session, field, k, signal)));
    }
  } catch (error) {
    free(built);
    throw error;
  }
  return kernels as DeviceKernel[];
}

/**
 * Another field's kernels. What it has in common with the old one stays, the rest is freed.
 *
 * Aborted, or out of memory, it leaves the old ones as they were.
 */
export async function goOn(
  session: Session,
  old: HeldKernels,
  field: DeviceFieldSpec,
  options: LongRunningOptions,
): Promise<HeldKernels> {
  session.checkAlive();
  const kept = keptKernels(old.field, field).map((k) => (k === undefined ? undefined : old.kernels[k]));
  const kernels = await buildMissing(session, field, kept, options);
  free(old.kernels.filter((kernel) => !kept.includes(kernel)));
  return { field, kernels };
}

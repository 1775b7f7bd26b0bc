import type { LongRunningOptions } from '@atrous/core';
import type { FieldSpec } from '../engine.ts';
import type { ExportedKernel } from '../lattice/export-kernel.ts';
import { keptKernels } from '../parameters/kept-kernels.ts';
import { createBuffers, type Buffers } from './buffers.ts';
import { uploadKernel, type DeviceKernel } from './device-kernel.ts';
import type { LatticeBuilder } from './lattice-builder.ts';
import type { Session } from './session.ts';

/** A field's kernels on a device, in their order. */
export interface HeldKernels {
  readonly field: FieldSpec;
  readonly kernels: readonly DeviceKernel[];
}

/** Builds those of the kernels that are not there yet, by number. */
async function buildMissing(
  builder: LatticeBuilder,
  field: FieldSpec,
  kept: readonly (DeviceKernel | undefined)[],
  options: LongRunningOptions,
): Promise<ReadonlyMap<number, ExportedKernel>> {
  const built = new Map<number, ExportedKernel>();
  const missing = [...field.kernels.entries()].filter(([k]) => kept[k] === undefined);
  for (const [k, { kind }] of missing) {
    options.signal?.throwIfAborted();
    options.onProgress?.({ phase: 'prepare', completed: built.size, total: missing.length, item: kind });
    built.set(k, await builder.build(field, k, options));
  }
  return built;
}

/**
 * Another field's kernels. What it has in common with the old one stays; buffers that are left over hold other kernels, or are freed.
 *
 * Aborted while it builds, it leaves the old ones as they were.
 */
export async function goOn(
  session: Session,
  builder: LatticeBuilder,
  old: HeldKernels,
  field: FieldSpec,
  options: LongRunningOptions,
): Promise<HeldKernels> {
  const kept = keptKernels(old.field, field).map((k) => (k === undefined ? undefined : old.kernels[k]));
  const built = await buildMissing(builder, field, kept, options);
  const free: Buffers[] = old.kernels.filter((kernel) => !kept.includes(kernel)).map(({ buffers }) => buffers);
  const taken: Buffers[] = [];
  const place = (k: number): DeviceKernel => {
    taken.push(free.shift() ?? createBuffers(session.device));
    return uploadKernel(built.get(k) as ExportedKernel, taken.at(-1)!);
  };
  try {
    return { field, kernels: await session.attempt(() => kept.map((kernel, k) => kernel ?? place(k))) };
  } catch (error) {
    for (const buffers of taken) buffers.dispose();
    throw error;
  } finally {
    for (const buffers of free) buffers.dispose();
  }
}

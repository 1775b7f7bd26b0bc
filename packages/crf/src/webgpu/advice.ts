import type { GpuAdvice } from '@atrous/platform/gpu';

/** What errors of the engine advise. */
export const ADVICE: GpuAdvice = {
  otherwise: 'use the lattice engine',
  software: 'webgpu({ software: true })',
  smaller: 'use a smaller image or fewer labels, dispose fields that are no longer needed, or use the lattice engine',
  again: 'prepare the field again; where the device was handed in, make an engine with another one',
};

import type { GpuAdvice } from '@atrous/platform/gpu';

/** What errors of the runtime advise. */
export const ADVICE: GpuAdvice = {
  otherwise: 'use the runtime simd',
  software: 'webgpu({ software: true })',
  smaller: 'use smaller images, dispose executables that are no longer needed, or use another runtime',
  again: 'compile the graph again; where the device was handed in, make a runtime with another one',
};

import { createPace, type LongRunningOptions } from '@atrous/core';
import type { FieldSpec } from '../engine.ts';
import { compileKernels } from '../lattice/compile.ts';
import { exportKernel, type ExportedKernel } from '../lattice/export-kernel.ts';
import { instantiate, type Kernels } from '../lattice/kernels.ts';
import { prepareKernel } from '../lattice/lattice-kernel.ts';

/** Builds lattices with WebAssembly. */
export interface LatticeBuilder {
  build(field: FieldSpec, kernel: number, options: LongRunningOptions): Promise<ExportedKernel>;
}

/** Its memory stays until nobody builds any more, as it is costly to get. */
export function createLatticeBuilder(): LatticeBuilder {
  let compiled: Promise<WebAssembly.Module> | undefined;
  let spare: WeakRef<Kernels> | undefined;
  const take = async (): Promise<Kernels> => {
    const kernels = spare?.deref();
    spare = undefined;
    return kernels ?? instantiate(await (compiled ??= compileKernels(false)), 1);
  };
  return {
    async build(field, kernel, { signal }) {
      const kernels = await take();
      try {
        const spec = field.kernels[kernel]!;
        const prepared = await prepareKernel(kernels, spec, field, createPace('prepare', { signal }));
        return exportKernel(kernels, prepared, field.width * field.height);
      } finally {
        kernels.arena.release(kernels.base);
        spare = new WeakRef(kernels);
      }
    },
  };
}

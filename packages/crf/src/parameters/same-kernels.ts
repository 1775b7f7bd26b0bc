import type { KernelSpec } from '../kernel-spec.ts';

/** What a kernel is apart from the features that it may bring along. */
function keyOf(kernel: KernelSpec): string {
  const { kind, normalization = 'symmetric' } = kernel;
  switch (kernel.kind) {
    case 'gaussian':
      return JSON.stringify([kind, normalization, kernel.xyStd]);
    case 'bilateral':
      return JSON.stringify([kind, normalization, kernel.xyStd, kernel.rgbStd]);
    case 'features':
      return JSON.stringify([kind, normalization, kernel.dimensions]);
    default:
      return kernel satisfies never;
  }
}

const featuresOf = (kernel: KernelSpec): Float32Array | undefined =>
  kernel.kind === 'features' ? kernel.features : undefined;

/** Whether a field prepared for some kernels serves others. Features are the same when their array is. */
export const sameKernels = (a: readonly KernelSpec[], b: readonly KernelSpec[]): boolean =>
  a.length === b.length &&
  a.every((kernel, k) => keyOf(kernel) === keyOf(b[k]!) && featuresOf(kernel) === featuresOf(b[k]!));

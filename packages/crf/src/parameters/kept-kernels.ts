import type { FieldSpec } from '../engine.ts';
import type { KernelSpec } from '../kernel-spec.ts';

/** What a kernel is apart from the picture that it looks at, and the features that it may bring along. */
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

/** What is compared of a field, whatever it has for a picture. */
type Compared = Omit<FieldSpec, 'image'> & { readonly image?: object | undefined };

/** Large things that a kernel is made from, which are the same when they are the same object. */
function sourceOf(kernel: KernelSpec, { image }: Compared): object | undefined {
  if (kernel.kind === 'features') return kernel.features;
  return kernel.kind === 'bilateral' ? image : undefined;
}

/**
 * For each kernel of a field, the kernel of an older one that is the same by value, each at most once; `undefined` where there is none.
 * Pictures and features are the same when they are the same object.
 */
export function keptKernels(old: Compared, next: Compared): readonly (number | undefined)[] {
  const isSameSize = old.width === next.width && old.height === next.height;
  const free = new Set(isSameSize ? old.kernels.keys() : []);
  return next.kernels.map((kernel) => {
    for (const k of free) {
      const other = old.kernels[k]!;
      if (keyOf(other) !== keyOf(kernel) || sourceOf(other, old) !== sourceOf(kernel, next)) continue;
      free.delete(k);
      return k;
    }
    return undefined;
  });
}

/** Whether a field prepared for one serves the other as it is. */
export const isSameField = (old: Compared, next: Compared): boolean =>
  old.kernels.length === next.kernels.length && keptKernels(old, next).every((kept, k) => kept === k);

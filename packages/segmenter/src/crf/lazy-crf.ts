import type { CrfKeeper } from './keep-crf.ts';

/** A CRF that is loaded when the first picture asks for it: programs without one do not carry it. */
export function lazyCrf(): CrfKeeper {
  let loaded: CrfKeeper | undefined;
  return {
    async refine(unary, refinement) {
      loaded ??= (await import('./keep-crf.ts')).keepCrf();
      return loaded.refine(unary, refinement);
    },
    bytes: () => loaded?.bytes() ?? 0,
    dispose: () => loaded?.dispose(),
  };
}

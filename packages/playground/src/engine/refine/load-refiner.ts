import type { Refiner } from './refiner.ts';

/** More threads than this gain little. */
const mostThreads = 4;

/** Fetches the code of the CRF. Its threads are several where the page is isolated from other origins. */
export async function loadRefiner(): Promise<Refiner> {
  const [{ createRefiner }, { lattice }] = await Promise.all([import('./refiner.ts'), import('@atrous/crf/lattice')]);
  return createRefiner(lattice({ threads: Math.min(mostThreads, navigator.hardwareConcurrency) }));
}

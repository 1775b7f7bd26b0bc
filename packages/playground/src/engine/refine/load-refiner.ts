import { AtrousError } from '@atrous/core';
import type { Refiner } from './refiner.ts';

/** More threads than this gain little. */
const mostThreads = 4;

const fetchCode = () =>
  Promise.all([import('./refiner.ts'), import('@atrous/crf/lattice'), import('@atrous/crf/webgpu')]);

/**
 * Fetches the code of the CRF. It runs on the graphics card; without one, or when that fails, on threads, which are several where the page
 * is isolated from other origins; and when they fail, on one.
 *
 * @throws AtrousError when it cannot be had.
 */
export async function loadRefiner(): Promise<Refiner> {
  const [{ createRefiner }, { lattice }, { webgpu }] = await fetchCode().catch((cause: unknown) => {
    throw new AtrousError('the code of the CRF could not be fetched', {
      code: 'CRF_FETCH',
      hint: 'check the connection and reload the page',
      cause,
    });
  });
  const threads = Math.min(mostThreads, navigator.hardwareConcurrency);
  return createRefiner([webgpu(), lattice({ threads }), lattice()]);
}

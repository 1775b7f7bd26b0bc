import { BackendError } from '@atrous/core';

/** The parts of the npm package `webgpu` (Dawn) that are used. */
export interface Dawn {
  readonly create: (flags: readonly string[]) => GPU;
  /** Constants and classes that browsers have in the global scope. */
  readonly globals: Readonly<Record<string, unknown>>;
}

/** Not a literal, so that bundlers for browsers do not look for it. */
const PACKAGE: string = 'webgpu';

/** WebGPU for Node. @throws BackendError `PACKAGE_MISSING`. */
export async function loadDawn(): Promise<Dawn> {
  try {
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ PACKAGE)) as Dawn;
  } catch (cause) {
    throw new BackendError('Node has no WebGPU of its own, and the package "webgpu" could not be loaded', {
      code: 'PACKAGE_MISSING',
      hint: 'npm install webgpu',
      cause,
    });
  }
}

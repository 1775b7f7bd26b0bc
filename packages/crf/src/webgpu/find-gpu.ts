import { BackendError } from '@atrous/core';

/** The part of the npm package `webgpu` (Dawn) that is used. */
interface Dawn {
  readonly create: (flags: readonly string[]) => GPU;
}

/** Not a literal, so that bundlers for browsers do not look for it. */
const PACKAGE: string = 'webgpu';

async function loadDawn(): Promise<Dawn> {
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

/**
 * WebGPU of the browser, or in Node of the npm package `webgpu`. Nothing is put into the global scope.
 *
 * @throws BackendError `PACKAGE_MISSING`, or `NO_WEBGPU` in a browser without it.
 */
export async function findGpu(): Promise<GPU> {
  if (typeof navigator !== 'undefined' && 'gpu' in navigator) return navigator.gpu;
  const inNode = typeof process !== 'undefined' && process.versions?.node !== undefined;
  if (inNode) return (await loadDawn()).create([]);
  throw new BackendError('this browser has no WebGPU', {
    code: 'NO_WEBGPU',
    hint: 'use a browser of 2023 or later and a secure page, or the lattice engine',
  });
}

import { BackendError } from '@atrous/core';
import { isPlainNode, mayHaveCard } from './may-have-card.ts';

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
 * @param software whether it may be one without a graphics card.
 * @throws BackendError `PACKAGE_MISSING` or `NO_ADAPTER` in Node, `NO_WEBGPU` in a browser without it.
 */
export async function findGpu(software: boolean): Promise<GPU> {
  if (isPlainNode()) {
    if (software || mayHaveCard()) return (await loadDawn()).create([]);
    throw new BackendError('this machine has no graphics card', {
      code: 'NO_ADAPTER',
      hint: 'use the lattice engine; webgpu({ software: true }) takes a Vulkan driver in software too',
    });
  }
  if ('gpu' in navigator) return navigator.gpu;
  throw new BackendError('this browser has no WebGPU', {
    code: 'NO_WEBGPU',
    hint: 'use a browser of 2023 or later and a secure page, or the lattice engine',
  });
}

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

/** Where Linux has its graphics cards. */
const CARDS = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'];

/** Whether this program runs in Node, and nobody gave it the WebGPU that browsers have. */
const isPlainNode = (): boolean =>
  !(typeof navigator !== 'undefined' && 'gpu' in navigator) &&
  typeof process !== 'undefined' &&
  process.versions?.node !== undefined;

/** Whether there may be a graphics card. A server has none, and Dawn would complain of it on standard error. */
function mayHaveCard(): boolean {
  const files = process.platform === 'linux' ? process.getBuiltinModule?.('node:fs') : undefined;
  return files === undefined || CARDS.some((card) => files.existsSync(card));
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
      hint: 'use the runtime simd; webgpu({ software: true }) takes a Vulkan driver in software too',
    });
  }
  if ('gpu' in navigator) return navigator.gpu;
  throw new BackendError('this browser has no WebGPU', {
    code: 'NO_WEBGPU',
    hint: 'use a browser of 2023 or later and a secure page, or the runtime simd',
  });
}

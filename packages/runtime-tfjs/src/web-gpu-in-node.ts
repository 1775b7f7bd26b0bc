import { BackendError } from '@atrous/core';

/** The parts of the npm package `webgpu` (Dawn) that are used. */
interface Dawn {
  readonly create: (flags: readonly string[]) => GPU;
  readonly globals: Readonly<Record<string, unknown>>;
}

/** Not a literal, so that bundlers for browsers do not look for it. */
const PACKAGE: string = 'webgpu';

const loadDawn = async (): Promise<Dawn> => {
  try {
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ PACKAGE)) as Dawn;
  } catch (cause) {
    throw new BackendError('Node has no WebGPU of its own, and the package "webgpu" could not be loaded', {
      code: 'PACKAGE_MISSING',
      hint: 'npm install webgpu',
      cause,
    });
  }
};

/**
 * Gives Node what browsers have: `navigator.gpu` and the constants of WebGPU, from the npm package `webgpu`.
 *
 * tfjs reads them from the global scope, so they are put there, as far as they are missing. Nothing happens elsewhere or the second time.
 *
 * @throws BackendError `PACKAGE_MISSING`.
 */
export async function provideWebGpuInNode(): Promise<void> {
  const inNode = typeof process !== 'undefined' && process.versions?.node !== undefined;
  if (!inNode || (typeof navigator !== 'undefined' && 'gpu' in navigator)) return;
  const { create, globals } = await loadDawn();
  for (const [name, value] of Object.entries(globals))
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  if (typeof navigator === 'undefined')
    Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true, writable: true });
  Object.defineProperty(navigator, 'gpu', { value: create([]), configurable: true });
}

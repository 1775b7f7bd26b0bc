import { isPlainNode, loadDawn } from '@atrous/platform/gpu';

/**
 * Gives Node what browsers have: `navigator.gpu` and the constants of WebGPU, from the npm package `webgpu`.
 *
 * tfjs reads them from the global scope, so they are put there, as far as they are missing. Nothing happens elsewhere or the second time.
 *
 * @throws BackendError `PACKAGE_MISSING`.
 */
export async function provideWebGpu(): Promise<void> {
  if (!isPlainNode()) return;
  const { create, globals } = await loadDawn();
  for (const [name, value] of Object.entries(globals))
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  if (typeof navigator === 'undefined')
    Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true, writable: true });
  Object.defineProperty(navigator, 'gpu', { value: create([]), configurable: true });
}

import { engine, env } from '@tensorflow/tfjs-core';
import { createTfjsRuntime, type TfjsRuntime } from './create-tfjs-runtime.ts';

/** The binaries of `@tensorflow/tfjs-backend-wasm`. Which one is loaded depends on the machine. */
export type WasmFile =
  'tfjs-backend-wasm.wasm' | 'tfjs-backend-wasm-simd.wasm' | 'tfjs-backend-wasm-threaded-simd.wasm';

/** Options of {@link wasm}. */
export interface WasmOptions {
  /**
   * Addresses of the binaries, for bundles: bundlers do not see that they are needed.
   * Without it they are looked for beside the script. Only the first runtime in a process decides.
   */
  readonly files?: Readonly<Partial<Record<WasmFile, string>>> | undefined;
}

const FILES: readonly WasmFile[] = [
  'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm',
];

/** tfjs allocates without asking whether it worked; 2 GiB less what it needs for itself. */
const MEMORY_LIMIT = 1.75 * 2 ** 30;

/** Runs graphs on WebAssembly: SIMD where there is any, one thread. The default in Node and wherever there is no GPU. */
export const wasm = ({ files }: WasmOptions = {}): TfjsRuntime =>
  createTfjsRuntime({
    name: 'wasm',
    description: 'TensorFlow.js on WebAssembly: SIMD, one thread',
    tfjsName: 'wasm',
    quirks: {},
    memoryLimit: MEMORY_LIMIT,
    async load() {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      if ('wasm' in engine().registry) return;
      // the threaded binary reports one thread everywhere, and its worker script does not survive minifying
      env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      if (files) setWasmPaths(Object.fromEntries(FILES.map((file) => [file, files[file] ?? file])));
    },
    trainingKernels: async (composed) => (await import('./wasm-kernels/override-kernels.ts')).overrideKernels(composed),
    describe: () =>
      env().get('WASM_HAS_SIMD_SUPPORT') ? 'WebAssembly with SIMD, one thread' : 'WebAssembly, one thread',
  });

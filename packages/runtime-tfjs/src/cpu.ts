import { engine } from '@tensorflow/tfjs-core';
import { createTfjsRuntime, type TfjsRuntime } from './create-tfjs-runtime.ts';

/** tfjs prints an advertisement at the first tensor unless told that it was printed. */
function silence(): void {
  const backend = engine().findBackend('cpu') as { firstUse?: boolean } | null;
  if (backend) backend.firstUse = false;
}

/** Runs graphs in plain JavaScript, everywhere and slowly: the last resort, and a check on the others. */
export const cpu = (): TfjsRuntime =>
  createTfjsRuntime({
    name: 'cpu',
    description: 'TensorFlow.js in plain JavaScript: everywhere, slow',
    tfjsName: 'cpu',
    quirks: { noHalfPixel: true },
    async load() {
      await import('@tensorflow/tfjs-backend-cpu');
      silence();
    },
    trainingKernels: async (composed) => (await import('./cpu-kernels/override-kernels.ts')).overrideKernels(composed),
    describe: () => 'plain JavaScript, float32',
  });

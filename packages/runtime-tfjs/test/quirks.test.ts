import { referenceRuntime } from '@atrous/runtime-reference';
import { testRuntime } from '@atrous/testing';
import { createTfjsRuntime } from '../src/index.ts';

// the compositions that native TensorFlow needs, on a backend that could do without them
const composed = createTfjsRuntime({
  name: 'wasm with every quirk',
  description: 'WASM that is denied explicit pads, depthwise rates and half pixels',
  tfjsName: 'wasm',
  quirks: { noExplicitPadding: true, noDepthwiseRate: true, noHalfPixel: true },
  load: async () => void (await import('@tensorflow/tfjs-backend-wasm')),
  describe: () => 'WebAssembly',
});

testRuntime(composed, { reference: referenceRuntime(), tolerance: 2e-5 });

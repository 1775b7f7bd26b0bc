// @ts-check
// The engines of Node. Each is imported in the process that runs it.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { atrous } from '../contenders/atrous.js';
import { onnxruntime } from '../contenders/onnxruntime.js';
import { load as lattice } from '../contenders/lattice.js';
import { stockTfjs } from '../contenders/stock-tfjs.js';
import { load as pydensecrf } from './pydensecrf.js';

/** Not a literal: it is installed by those who have it, and types are looked for otherwise. @type {string} */
const TFJS_NODE = '@tensorflow/tfjs-node';

/** Has TensorFlow.js find its binaries. */
async function provideWasm() {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);
}

/** WebGPU of the npm package `webgpu`, which the runtime of Atrous puts where browsers have it. */
async function provideWebgpu() {
  const { webgpu } = await import('@atrous/runtime-tfjs/webgpu');
  const here = await webgpu().available();
  if (!here.available) throw new Error(here.reason);
}

/** @type {import('../contenders/serve.js').Engines} */
export const engines = {
  async simd() {
    const { simd } = await import('@atrous/runtime-wasm');
    return atrous(({ threads }) => simd({ threads }));
  },
  async onnx() {
    const { onnx } = await import('@atrous/runtime-onnx/node');
    return atrous(({ threads }) => onnx({ threads }));
  },
  async 'onnx-webgpu'() {
    const { onnx } = await import('@atrous/runtime-onnx/node');
    return atrous(() => onnx({ provider: 'webgpu' }));
  },
  async 'tfjs-wasm'() {
    const { wasm } = await import('@atrous/runtime-tfjs/wasm');
    return atrous(() => wasm());
  },
  async webgpu() {
    const { webgpu } = await import('@atrous/runtime-webgpu');
    return atrous(({ software }) => webgpu({ software }));
  },
  async 'webgpu-float32'() {
    const { webgpu } = await import('@atrous/runtime-webgpu');
    return atrous(({ software }) => webgpu({ software, precision: 'float32' }));
  },
  async 'tfjs-webgpu'() {
    const { webgpu } = await import('@atrous/runtime-tfjs/webgpu');
    return atrous(() => webgpu());
  },
  'onnxruntime-node': async () => onnxruntime(await import('onnxruntime-node'), 'cpu'),
  'onnxruntime-node-webgpu': async () => onnxruntime(await import('onnxruntime-node'), 'webgpu'),
  'onnxruntime-web': async () => onnxruntime(await import('onnxruntime-web'), 'wasm'),
  'stock-wasm': async () => stockTfjs('wasm', provideWasm),
  'stock-webgpu': async () => stockTfjs('webgpu', provideWebgpu),
  'stock-node': async () => stockTfjs('tensorflow', () => import(TFJS_NODE)),
  lattice: async () => lattice,
  pydensecrf: async () => pydensecrf,
};

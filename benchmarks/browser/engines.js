// @ts-check
// The engines of browsers. Each is fetched by the worker that runs it.
import { atrous } from '../contenders/atrous.js';

/** @typedef {import('../contenders/serve.js').Load} Load */

/** Addresses of the binaries of TensorFlow.js, which bundlers do not see. */
async function tfjsFiles() {
  const [{ default: simd }, { default: plain }] = await Promise.all([
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'),
  ]);
  return { 'tfjs-backend-wasm.wasm': plain, 'tfjs-backend-wasm-simd.wasm': simd };
}

/** As its users have it, with one thread: its binary for several reports one, too. */
async function provideWasm() {
  const [{ setWasmPaths }, { env }] = await Promise.all([
    import('@tensorflow/tfjs-backend-wasm'),
    import('@tensorflow/tfjs'),
  ]);
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  // it asks for the name of every binary, and fetches one
  setWasmPaths({ 'tfjs-backend-wasm-threaded-simd.wasm': '', ...(await tfjsFiles()) });
}

/** WebGL on a software GPU, which TensorFlow.js passes over otherwise. */
async function provideWebgl() {
  const { env } = await import('@tensorflow/tfjs');
  env().set('SOFTWARE_WEBGL_ENABLED', true);
}

/** @param {string} backend @param {() => Promise<unknown>} [provide] @returns {Promise<Load>} */
async function stock(backend, provide) {
  const { stockTfjs } = await import('../contenders/stock-tfjs.js');
  return stockTfjs(backend, provide);
}

/** @param {'wasm' | 'webgpu'} provider @returns {Promise<Load>} */
async function onnxruntime(provider) {
  const [{ onnxruntime }, engine] = await Promise.all([
    import('../contenders/onnxruntime.js'),
    import('onnxruntime-web'),
  ]);
  return onnxruntime(engine, provider);
}

/** @param {'auto' | 'float32'} precision @returns {Promise<Load>} */
async function webgpuWith(precision) {
  const { webgpu } = await import('@atrous/runtime-webgpu');
  return atrous(({ software }) => webgpu({ software, precision }));
}

/** @type {import('../contenders/serve.js').Engines} */
export const engines = {
  async simd() {
    const { simd } = await import('@atrous/runtime-wasm');
    return atrous(({ threads }) => simd({ threads }));
  },
  async 'onnx-web'() {
    const { onnxWeb } = await import('@atrous/runtime-onnx/web');
    return atrous(({ threads }) => onnxWeb({ threads }));
  },
  async 'onnx-web-webgpu'() {
    const { onnxWeb } = await import('@atrous/runtime-onnx/web');
    return atrous(() => onnxWeb({ provider: 'webgpu' }));
  },
  async 'tfjs-wasm'() {
    const [{ wasm }, files] = await Promise.all([import('@atrous/runtime-tfjs/wasm'), tfjsFiles()]);
    return atrous(() => wasm({ files }));
  },
  async 'tfjs-webgpu'() {
    const { webgpu } = await import('@atrous/runtime-tfjs/webgpu');
    return atrous(() => webgpu());
  },
  async 'tfjs-webgl'() {
    const { webgl } = await import('@atrous/runtime-tfjs/webgl');
    return atrous(({ software }) => webgl({ software }));
  },
  webgpu: () => webgpuWith('auto'),
  'webgpu-float32': () => webgpuWith('float32'),
  'onnxruntime-web': () => onnxruntime('wasm'),
  'onnxruntime-web-webgpu': () => onnxruntime('webgpu'),
  'stock-wasm': () => stock('wasm', provideWasm),
  'stock-webgpu': () => stock('webgpu', () => import('@tensorflow/tfjs-backend-webgpu')),
  'stock-webgl': () => stock('webgl', provideWebgl),
  lattice: async () => (await import('../contenders/lattice.js')).load,
};

import { describeAdapter, findGpu, requestAdapter, type AdapterAdvice } from '@atrous/platform/gpu';
import { engine, registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import { createTfjsRuntime, type TfjsRuntime } from './create-tfjs-runtime.ts';
import { provideWebGpu } from './provide-webgpu.ts';

/** Options of {@link webgpu}. */
export interface WebGpuOptions {
  /** Which adapter to ask for where there are several. Default `high-performance`. Only the first runtime in a process decides. */
  readonly powerPreference?: GPUPowerPreference | undefined;
}

/** Limits that tfjs makes use of, taken as large as the adapter has them. */
const LIMITS = [
  'maxBufferSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
] as const;

/** What errors of the runtime advise. */
const ADVICE: AdapterAdvice = { otherwise: 'use another runtime', software: 'webgpu()' };

/** A device and what is known about the adapter behind it. */
interface Gpu {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo | undefined;
}

async function requestGpu(powerPreference: GPUPowerPreference): Promise<Gpu> {
  const adapter = await requestAdapter(await findGpu(true, ADVICE), { powerPreference, software: true }, ADVICE);
  const device = await adapter.requestDevice({
    requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
  });
  return { device, info: adapter.info };
}

/** What a device reports outside of any call. */
class DeviceWatch {
  readonly gpu: Gpu;
  lost: string | undefined;
  #error: Error | undefined;

  constructor(gpu: Gpu) {
    this.gpu = gpu;
    void gpu.device.lost.then(({ message, reason }) => {
      this.lost = message || reason;
    });
    gpu.device.addEventListener('uncapturederror', ({ error }) => {
      this.#error ??= new Error(`${error.constructor.name}: ${error.message}`);
    });
  }

  takeError(): Error | undefined {
    const error = this.#error;
    this.#error = undefined;
    return error;
  }
}

/** Registers a backend on a device of our own, unless the application has one running. */
async function registerGpu(powerPreference: GPUPowerPreference, dead: GPUDevice | undefined): Promise<Gpu> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  const running = engine().registry['webgpu'];
  if (running instanceof WebGPUBackend && running.device !== dead)
    return { device: running.device, info: running.device.adapterInfo };
  const gpu = await requestGpu(powerPreference);
  if ('webgpu' in engine().registryFactory) removeBackend('webgpu');
  registerBackend('webgpu', () => new WebGPUBackend(gpu.device, gpu.info), 3);
  return gpu;
}

/**
 * Runs graphs on the GPU through WebGPU, in browsers and, with the npm package `webgpu` installed, in Node.
 *
 * In Node, `navigator.gpu` and the constants of WebGPU are added to the global scope, because tfjs looks for them there.
 */
export function webgpu({ powerPreference = 'high-performance' }: WebGpuOptions = {}): TfjsRuntime {
  let watch: DeviceWatch | undefined;
  return createTfjsRuntime({
    name: 'webgpu',
    description: 'TensorFlow.js on the GPU through WebGPU',
    tfjsName: 'webgpu',
    quirks: { slowLargeFilters: true },
    async load() {
      await provideWebGpu();
      watch = new DeviceWatch(await registerGpu(powerPreference, watch?.gpu.device));
    },
    async trainingKernels(composed) {
      const [{ overrideKernels }, { runOnWebGpu }] = await Promise.all([
        import('./shaders/override-kernels.ts'),
        import('./shaders/run-on-webgpu.ts'),
      ]);
      return overrideKernels(runOnWebGpu, composed);
    },
    describe: () => (watch ? describeAdapter(watch.gpu.info) : 'not started'),
    lost: () => watch?.lost,
    takeError: () => watch?.takeError(),
  });
}

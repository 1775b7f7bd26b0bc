import { watchDevice, type WatchedDevice } from '@atrous/platform/gpu';
import { ADVICE } from './advice.ts';

/** A device, and what was compiled for it. */
export interface Session extends WatchedDevice {
  /** Where the device is from, if it is not the caller's: Dawn in Node ends with it. */
  readonly gpu: GPU | undefined;
  /** Compiles a program unless it was before, without blocking. */
  readonly pipeline: (label: string, code: string) => Promise<GPUComputePipeline>;
}

/** Begins with nothing compiled. */
export function createSession(device: GPUDevice, gpu?: GPU): Session {
  const watched = watchDevice(device, ADVICE);
  const pipelines = new Map<string, Promise<GPUComputePipeline>>();
  const compile = (label: string, code: string): Promise<GPUComputePipeline> => {
    const module = device.createShaderModule({ label, code });
    return device.createComputePipelineAsync({ label, layout: 'auto', compute: { module, entryPoint: 'main' } });
  };
  return {
    device,
    gpu,
    get lost() {
      return watched.lost;
    },
    pipeline(label, code) {
      const known = pipelines.get(code) ?? compile(label, code);
      pipelines.set(code, known);
      return watched.settle(known);
    },
    checkAlive: watched.checkAlive,
    attempt: watched.attempt,
    settle: watched.settle,
  };
}

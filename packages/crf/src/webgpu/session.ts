import { BackendError } from '@atrous/core';
import { SHADERS, type ShaderName } from './shaders.ts';

/** A device, and what was compiled for it. */
export interface Session {
  readonly device: GPUDevice;
  /** Where the device is from, if it is not the caller's: Dawn in Node ends with it. */
  readonly gpu: GPU | undefined;
  /** Compiles what was not asked for before. @returns each by its name. */
  readonly load: (names: readonly ShaderName[]) => Promise<(name: ShaderName) => GPUComputePipeline>;
  /** Why the device is gone. */
  readonly lost: string | undefined;
  /** @throws BackendError `DEVICE_LOST`. */
  readonly checkAlive: () => void;
  /**
   * Does what makes buffers or submits work, and waits until the device says that it could.
   *
   * @throws BackendError `OUT_OF_MEMORY`, `DEVICE_LOST`.
   */
  readonly attempt: <T>(work: () => T) => Promise<T>;
  /** Waits for the device. @throws BackendError `DEVICE_LOST`. */
  readonly settle: <T>(promise: Promise<T>) => Promise<T>;
}

const lostError = (reason: string, cause?: unknown): BackendError =>
  new BackendError(`the WebGPU device was lost: ${reason}`, {
    code: 'DEVICE_LOST',
    hint: 'prepare the field again; where the device was handed in, make an engine with another one',
    cause,
  });

function checkErrors([outOfMemory, invalid]: readonly (GPUError | null)[]): void {
  if (outOfMemory)
    throw new BackendError(`the WebGPU device ran out of memory: ${outOfMemory.message}`, {
      code: 'OUT_OF_MEMORY',
      hint: 'use a smaller image or fewer labels, dispose fields that are no longer needed, or use the lattice engine',
    });
  if (invalid) throw new BackendError(`WebGPU refused its work: ${invalid.message}`);
}

/** Begins with nothing compiled. */
export function createSession(device: GPUDevice, gpu?: GPU): Session {
  const pipelines = new Map<ShaderName, Promise<GPUComputePipeline>>();
  let lost: string | undefined;
  void device.lost.then(({ message, reason }) => (lost = message || reason));
  const checkAlive = (cause?: unknown): void => {
    if (lost !== undefined) throw lostError(lost, cause);
  };
  const settle = async <T>(promise: Promise<T>): Promise<T> => {
    try {
      const value = await promise;
      checkAlive();
      return value;
    } catch (error) {
      // whoever waits may hear of it before `lost` does
      await Promise.race([device.lost, new Promise((resolve) => setTimeout(resolve, 50))]);
      checkAlive(error);
      throw error;
    }
  };
  const attempt = async <T>(work: () => T): Promise<T> => {
    checkAlive();
    device.pushErrorScope('validation');
    device.pushErrorScope('out-of-memory');
    let result: T;
    let errors: Promise<readonly (GPUError | null)[]>;
    try {
      result = work();
    } finally {
      errors = Promise.all([device.popErrorScope(), device.popErrorScope()]);
      // of a device that was lost; should the work have thrown nobody waits for it
      errors.catch(() => undefined);
    }
    checkErrors(await settle(errors));
    return result;
  };
  const compile = (name: ShaderName): Promise<GPUComputePipeline> => {
    const module = device.createShaderModule({ label: name, code: SHADERS[name] });
    return settle(
      device.createComputePipelineAsync({ label: name, layout: 'auto', compute: { module, entryPoint: 'main' } }),
    );
  };
  return {
    device,
    gpu,
    get lost() {
      return lost;
    },
    async load(names) {
      const loading = names.map(async (name) => {
        const pipeline = pipelines.get(name) ?? compile(name);
        pipelines.set(name, pipeline);
        return [name, await pipeline] as const;
      });
      const loaded = new Map(await Promise.all(loading));
      return (name) => loaded.get(name) as GPUComputePipeline;
    },
    checkAlive: () => checkAlive(),
    attempt,
    settle,
  };
}

import { BackendError } from '@atrous/core';

/** A device, and what was compiled for it. */
export interface Session {
  readonly device: GPUDevice;
  /** Where the device is from, if it is not the caller's: Dawn in Node ends with it. */
  readonly gpu: GPU | undefined;
  /** Compiles a program unless it was before, without blocking. */
  readonly pipeline: (label: string, code: string) => Promise<GPUComputePipeline>;
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
    hint: 'compile the graph again; where the device was handed in, make a runtime with another one',
    cause,
  });

function checkErrors([outOfMemory, invalid]: readonly (GPUError | null)[]): void {
  if (outOfMemory)
    throw new BackendError(`the WebGPU device ran out of memory: ${outOfMemory.message}`, {
      code: 'OUT_OF_MEMORY',
      hint: 'use smaller images, dispose executables that are no longer needed, or use another runtime',
    });
  if (invalid) throw new BackendError(`WebGPU refused its work: ${invalid.message}`);
}

/** Begins with nothing compiled. */
export function createSession(device: GPUDevice, gpu?: GPU): Session {
  const pipelines = new Map<string, Promise<GPUComputePipeline>>();
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
  const compile = (label: string, code: string): Promise<GPUComputePipeline> => {
    const module = device.createShaderModule({ label, code });
    return device.createComputePipelineAsync({ label, layout: 'auto', compute: { module, entryPoint: 'main' } });
  };
  return {
    device,
    gpu,
    get lost() {
      return lost;
    },
    pipeline(label, code) {
      const known = pipelines.get(code) ?? compile(label, code);
      pipelines.set(code, known);
      return settle(known);
    },
    checkAlive: () => checkAlive(),
    attempt,
    settle,
  };
}

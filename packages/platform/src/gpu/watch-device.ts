import { BackendError } from '@atrous/core';
import type { DeviceAdvice } from './advice.ts';

/** A device whose failures are errors of those who asked for the work. */
export interface WatchedDevice {
  readonly device: GPUDevice;
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

/** Time that the news of a loss may take longer than its consequences. */
const LOSS_MS = 50;

/** Listens to what becomes of a device. */
export function watchDevice(device: GPUDevice, advice: DeviceAdvice): WatchedDevice {
  let lost: string | undefined;
  void device.lost.then(({ message, reason }) => (lost = message || reason));
  const checkAlive = (cause?: unknown): void => {
    if (lost === undefined) return;
    throw new BackendError(`the WebGPU device was lost: ${lost}`, { code: 'DEVICE_LOST', hint: advice.again, cause });
  };
  const checkErrors = ([outOfMemory, invalid]: readonly (GPUError | null)[]): void => {
    if (outOfMemory)
      throw new BackendError(`the WebGPU device ran out of memory: ${outOfMemory.message}`, {
        code: 'OUT_OF_MEMORY',
        hint: advice.smaller,
      });
    if (invalid) throw new BackendError(`WebGPU refused its work: ${invalid.message}`);
  };
  const settle = async <T>(promise: Promise<T>): Promise<T> => {
    try {
      const value = await promise;
      checkAlive();
      return value;
    } catch (error) {
      // whoever waits may hear of it before `lost` does
      await Promise.race([device.lost, new Promise((resolve) => setTimeout(resolve, LOSS_MS))]);
      checkAlive(error);
      throw error;
    }
  };
  return {
    device,
    get lost() {
      return lost;
    },
    checkAlive: () => checkAlive(),
    settle,
    async attempt(work) {
      checkAlive();
      device.pushErrorScope('validation');
      device.pushErrorScope('out-of-memory');
      let errors: Promise<readonly (GPUError | null)[]>;
      let result: ReturnType<typeof work>;
      try {
        result = work();
      } finally {
        errors = Promise.all([device.popErrorScope(), device.popErrorScope()]);
        // of a device that was lost; should the work have thrown nobody waits for it
        errors.catch(() => undefined);
      }
      checkErrors(await settle(errors));
      return result;
    },
  };
}

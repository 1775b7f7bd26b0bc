import { AtrousError, type Availability, type LongRunningOptions } from '@atrous/core';
import { describeAdapter } from '@atrous/platform/gpu';
import type { CrfEngine } from '../engine.ts';
import type { DeviceFieldSpec } from './device-image.ts';
import { createField, type WebGpuField } from './field.ts';
import { createBorrowedSession, createOwnSession } from './session-pool.ts';

export type { DeviceFieldSpec, DeviceImage } from './device-image.ts';
export type { DeviceInference, DeviceNumbers, DeviceProblem } from './device-problem.ts';
export type { WebGpuField } from './field.ts';

/** Options of {@link webgpu}. */
export interface WebGpuOptions {
  /**
   * A device to compute on, such as TensorFlow.js' (`backend().device`), instead of one of the engine's own. It stays the caller's; when it is
   * lost, so is the engine.
   */
  readonly device?: GPUDevice | undefined;
  /** Which adapter to ask for where there are several. Default `high-performance`. */
  readonly powerPreference?: GPUPowerPreference | undefined;
  /** Also take an adapter that computes in software, which is slower than the lattice engine. Default false. */
  readonly software?: boolean | undefined;
}

/** The engine on the GPU. */
export interface WebGpuEngine extends CrfEngine {
  readonly name: 'webgpu';
  /**
   * Builds the lattices on the device, from a picture that may be there already.
   *
   * @throws ShapeError for a texture that does not fit, BackendError `NO_ADAPTER`, `NO_WEBGPU`, `PACKAGE_MISSING`, `OUT_OF_MEMORY`, `DEVICE_LOST`, the signal's reason
   *   when aborted.
   */
  prepare(field: DeviceFieldSpec, options?: LongRunningOptions): Promise<WebGpuField>;
  /** Gives the engine's own device back as soon as its fields are disposed. Preparing afterwards takes a new one. */
  dispose(): void;
  [Symbol.dispose](): void;
}

const refusal = (error: unknown): Availability =>
  error instanceof AtrousError
    ? { available: false, reason: error.message, hint: error.hint ?? 'use the lattice engine' }
    : { available: false, reason: String(error), hint: 'use the lattice engine' };

/**
 * The permutohedral lattice on the GPU through WebGPU, in browsers and, with the npm package `webgpu` installed, in Node.
 *
 * Its numbers are those of the lattice engine, but for the order of sums; that order is always the same. `tolerance` does nothing here: no
 * label is left out. A device that is lost is a BackendError `DEVICE_LOST`; fields that are prepared then get a new one.
 *
 * @see Adams, Baek and Davis 2010, "Fast High-Dimensional Filtering Using the Permutohedral Lattice"
 */
export function webgpu(options: WebGpuOptions = {}): WebGpuEngine {
  const { device, powerPreference = 'high-performance', software = false } = options;
  const sessions = device ? createBorrowedSession(device) : createOwnSession({ powerPreference, software });
  return {
    name: 'webgpu',
    async available() {
      try {
        return { available: true, detail: describeAdapter(await sessions.adapterInfo()) };
      } catch (error) {
        return refusal(error);
      }
    },
    async prepare(field, options = {}) {
      const session = await sessions.take();
      const giveBack = (): void => sessions.giveBack(session);
      return createField(session, field, options, giveBack).catch((error: unknown) => {
        giveBack();
        throw error;
      });
    },
    dispose: () => sessions.dispose(),
    [Symbol.dispose]: () => sessions.dispose(),
  };
}

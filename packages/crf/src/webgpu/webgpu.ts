import { AtrousError, BackendError, type Availability } from '@atrous/core';
import type { CrfEngine } from '../engine.ts';
import { createField } from './field.ts';
import { findGpu } from './find-gpu.ts';
import { createLatticeBuilder } from './lattice-builder.ts';
import { describeAdapter, requestAdapter, requestDevice } from './request-device.ts';
import { createSession, type Session } from './session.ts';

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

const refusal = (error: unknown): Availability =>
  error instanceof AtrousError
    ? { available: false, reason: error.message, hint: error.hint ?? 'use the lattice engine' }
    : { available: false, reason: String(error), hint: 'use the lattice engine' };

/**
 * The permutohedral lattice on the GPU through WebGPU, in browsers and, with the npm package `webgpu` installed, in Node.
 *
 * Its numbers are those of the lattice engine, but for the order of sums; that order is always the same. `tolerance` does nothing here: no
 * label is left out.
 *
 * @see Adams, Baek and Davis 2010, "Fast High-Dimensional Filtering Using the Permutohedral Lattice"
 */
export function webgpu(options: WebGpuOptions = {}): CrfEngine {
  const { device, powerPreference = 'high-performance', software = false } = options;
  const builder = createLatticeBuilder();
  let gpu: Promise<GPU> | undefined;
  let session: Promise<Session> | undefined;
  const findAdapter = async (): Promise<GPUAdapter> =>
    requestAdapter(await (gpu ??= findGpu()), { powerPreference, software });
  const start = async (): Promise<Session> => createSession(device ?? (await requestDevice(await findAdapter())));
  /** The device of before, unless it is gone. */
  const currentSession = async (): Promise<Session> => {
    const old = await session?.catch(() => undefined);
    if (old && (old.lost === undefined || device)) return old;
    return (session = start());
  };
  return {
    name: 'webgpu',
    async available() {
      try {
        const info = device ? device.adapterInfo : (await findAdapter()).info;
        return { available: true, detail: describeAdapter(info) };
      } catch (error) {
        return refusal(error);
      }
    },
    async prepare(field, options = {}) {
      const session = await currentSession();
      if (session.lost !== undefined)
        throw new BackendError(`the WebGPU device was lost: ${session.lost}`, { code: 'DEVICE_LOST' });
      return createField(session, builder, field, options);
    },
  };
}

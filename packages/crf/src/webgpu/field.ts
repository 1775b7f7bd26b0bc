import type { LongRunningOptions } from '@atrous/core';
import type { CrfField } from '../engine.ts';
import { createBuffers } from './buffers.ts';
import { checkDeviceImage, type DeviceFieldSpec } from './device-image.ts';
import { handOut, readMarginals } from './device-inference.ts';
import { checkDeviceProblem, type DeviceInference, type DeviceProblem } from './device-problem.ts';
import { filter } from './filter.ts';
import { goOn, type HeldKernels } from './held-kernels.ts';
import { createJobs } from './jobs.ts';
import { solve, type Workplace } from './mean-field.ts';
import type { Session } from './session.ts';

/** A field on a device, which also takes and gives what stays there. */
export interface WebGpuField extends CrfField {
  /** Where it computes. */
  readonly device: GPUDevice;
  /**
   * Runs mean field with a unary that may be on the device, and leaves the marginals there. Unlike `infer` it checks what it is given.
   *
   * @throws ShapeError for input that does not fit, BackendError `DISPOSED`, `DEVICE_LOST`, `OUT_OF_MEMORY`, the signal's reason when
   *   aborted.
   */
  inferOnDevice(problem: DeviceProblem, options?: LongRunningOptions): Promise<DeviceInference>;
  /** @throws ShapeError for a texture that does not fit. */
  update(field: DeviceFieldSpec, options?: LongRunningOptions): Promise<void>;
}

/** Prepares a field on a device. @param giveBack is called once it is disposed and nothing computes in it any more. */
export async function createField(
  session: Session,
  field: DeviceFieldSpec,
  options: LongRunningOptions,
  giveBack: () => void,
): Promise<WebGpuField> {
  checkDeviceImage(field);
  const nothing: HeldKernels = { field: { ...field, kernels: [] }, kernels: [] };
  let held = await goOn(session, nothing, field, options);
  const buffers = createBuffers(session.device);
  const all = () => [buffers, ...held.kernels.map((kernel) => kernel.buffers)];
  const pixels = (): number => held.field.width * held.field.height;
  const place = (): Workplace => ({ session, buffers, kernels: held.kernels, pixels: pixels() });
  const jobs = createJobs(() => {
    for (const one of all()) one.dispose();
    giveBack();
  });
  return {
    device: session.device,
    get memory() {
      return { bytes: jobs.isDisposed ? 0 : all().reduce((sum, { bytes }) => sum + bytes, 0) };
    },
    infer: (problem, options = {}) =>
      jobs.run(async () => {
        const solved = await solve(place(), problem, options);
        return { marginals: await readMarginals(place(), solved), ...solved.outcome };
      }, options.signal),
    inferOnDevice: (problem, options = {}) =>
      jobs.run(async () => {
        checkDeviceProblem(problem, pixels(), held.kernels.length);
        return handOut(place(), await solve(place(), problem, options));
      }, options.signal),
    filter: (kernel, values, channels, transpose = false, options = {}) =>
      jobs.run(() => filter(place(), held.kernels[kernel]!, { values, channels }, transpose, options), options.signal),
    update: (next, options = {}) =>
      jobs.run(async () => {
        checkDeviceImage(next);
        held = await goOn(session, held, next, options);
      }, options.signal),
    dispose: jobs.dispose,
    [Symbol.dispose]: jobs.dispose,
  };
}

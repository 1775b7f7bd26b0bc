import { ShapeError } from '@atrous/core';
import { BUFFER_USAGE } from '@atrous/platform/gpu';
import { checkLabelCount } from '../check/check-label-count.ts';
import { checkProblem } from '../check/check-problem.ts';
import type { CrfInference, CrfProblem } from '../engine.ts';
import type { SOURCES } from './shaders/logits.ts';

/** Numbers `[pixels, labels]` in float32, in a buffer of the engine's device: the labels of a pixel lie side by side. */
export interface DeviceNumbers {
  /** With the usage `STORAGE`. It stays the caller's, and must not change before the inference has ended. */
  readonly buffer: GPUBuffer;
  /** Where they begin, a multiple of 256 bytes. Default 0. */
  readonly offset?: number | undefined;
  /** Default `energies`: −log of a probability. `probabilities` are taken for at least 1e-5. */
  readonly holds?: keyof typeof SOURCES | undefined;
}

/** A problem whose unary may be on the device. Numbers that are not finite are not noticed there. */
export interface DeviceProblem extends Omit<CrfProblem, 'unary'> {
  readonly unary: Float32Array | DeviceNumbers;
}

/** What mean field arrived at, on the device. */
export interface DeviceInference extends Omit<CrfInference, 'marginals'> {
  /** Q: `[pixels, labels]` in float32, with the usages `STORAGE` and `COPY_SRC`. */
  readonly marginals: GPUBuffer;
  /** Copies Q to the host. */
  readMarginals(): Promise<Float32Array>;
  /** `[h, w]`, the label of the largest marginal, the lowest of equal ones: a byte for each pixel is all that leaves the device. */
  readLabels(): Promise<Uint8Array>;
  /** Frees `marginals`. */
  dispose(): void;
  [Symbol.dispose](): void;
}

const OFFSET_STEP = 256;

function checkNumbers({ buffer, offset = 0 }: DeviceNumbers, bytes: number): void {
  if (offset % OFFSET_STEP !== 0 || offset < 0)
    throw new ShapeError(`the unary begins at ${offset} bytes; expected a multiple of ${OFFSET_STEP}`);
  if ((buffer.usage & BUFFER_USAGE.storage) === 0)
    throw new ShapeError('the buffer of the unary has not the usage STORAGE', { hint: 'copy it to one that has' });
  if (buffer.size - offset < bytes)
    throw new ShapeError(`the buffer of the unary has ${buffer.size - offset} bytes, expected ${bytes}`, {
      hint: 'pass float32 numbers of all pixels and labels',
    });
}

/** @throws ShapeError for a unary of another size, weights of another number of kernels or labels, and numbers outside their ranges. */
export function checkDeviceProblem(problem: DeviceProblem, pixels: number, kernels: number): void {
  const { labels, unary, compatibilities } = problem;
  checkLabelCount(labels);
  checkProblem(problem);
  if (compatibilities.length !== kernels)
    throw new ShapeError(`${compatibilities.length} weights for ${kernels} kernels; expected one for each`);
  if (!(unary instanceof Float32Array)) checkNumbers(unary, 4 * pixels * labels);
  else if (unary.length !== pixels * labels)
    throw new ShapeError(`a unary of ${unary.length} numbers for ${pixels} pixels of ${labels} labels`);
}

import { BUFFER_USAGE } from '@atrous/platform/gpu';
import type { Buffers } from './buffers.ts';

/** Small structures of numbers that shaders read, side by side in one buffer. */
export interface ParameterBlock {
  add(numbers: readonly number[]): GPUBufferBinding;
  /** Copies what was added to the device. */
  upload(): void;
}

/** Where bindings of every device may begin. */
const STEP = 256;

/** A float as shaders find it among integers. */
export const floatBits = (float: number): number => new Uint32Array(Float32Array.of(float).buffer)[0]!;

/** @param count structures, of up to 64 integers each. */
export function createParameterBlock(device: GPUDevice, buffers: Buffers, count: number): ParameterBlock {
  const numbers = new Uint32Array((count * STEP) / 4);
  const buffer = buffers.reserve('parameters', numbers.byteLength, BUFFER_USAGE.uniform | BUFFER_USAGE.copyTarget);
  let next = 0;
  return {
    add(these) {
      const offset = STEP * next++;
      numbers.set(these, offset / 4);
      return { buffer, offset, size: STEP };
    },
    upload: () => device.queue.writeBuffer(buffer, 0, numbers),
  };
}

import { BackendError } from '@atrous/core';
import { BUFFER_USAGE } from '@atrous/platform/gpu';
import { ADVICE } from './advice.ts';

/** Buffers that are freed together. */
export interface DeviceMemory {
  readonly bytes: number;
  /** @throws BackendError `OUT_OF_MEMORY` when the device allows none of this size. */
  create(label: string, bytes: number, usage?: number): GPUBuffer;
  upload(label: string, data: ArrayBufferView<ArrayBuffer>, usage?: number): GPUBuffer;
  dispose(): void;
}

const STORAGE = BUFFER_USAGE.storage | BUFFER_USAGE.copySource | BUFFER_USAGE.copyTarget;
/** The least that can be bound, for what is empty. */
const LEAST = 16;

function checkRoom({ limits }: GPUDevice, label: string, bytes: number): void {
  const most = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
  if (bytes <= most) return;
  throw new BackendError(`"${label}" needs ${bytes} bytes, this WebGPU device allows ${most}`, {
    code: 'OUT_OF_MEMORY',
    hint: ADVICE.smaller,
  });
}

/** Begins with none. */
export function createDeviceMemory(device: GPUDevice): DeviceMemory {
  const buffers: GPUBuffer[] = [];
  const create = (label: string, bytes: number, usage: number = STORAGE): GPUBuffer => {
    checkRoom(device, label, bytes);
    const buffer = device.createBuffer({ label, size: Math.max(LEAST, Math.ceil(bytes / 4) * 4), usage });
    buffers.push(buffer);
    return buffer;
  };
  return {
    get bytes() {
      return buffers.reduce((sum, { size }) => sum + size, 0);
    },
    create,
    upload(label, data, usage) {
      const buffer = create(label, data.byteLength, usage);
      device.queue.writeBuffer(buffer, 0, data);
      return buffer;
    },
    dispose() {
      for (const buffer of buffers.splice(0)) buffer.destroy();
    },
  };
}

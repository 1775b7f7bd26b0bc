import { BackendError } from '@atrous/core';
import { BUFFER_USAGE } from '@atrous/platform/gpu';

const STORAGE = BUFFER_USAGE.storage | BUFFER_USAGE.copySource | BUFFER_USAGE.copyTarget;

/** Buffers by name, each as large as it ever had to be. */
export interface Buffers {
  readonly bytes: number;
  /**
   * A buffer of at least so many bytes, whose content may be anything.
   *
   * @throws BackendError `OUT_OF_MEMORY` when the device allows none of this size.
   */
  reserve(name: string, bytes: number, usage?: number): GPUBuffer;
  /** The same, filled. */
  upload(name: string, data: Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>, usage?: number): GPUBuffer;
  dispose(): void;
}

function checkRoom({ limits }: GPUDevice, name: string, bytes: number): void {
  const most = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
  if (bytes <= most) return;
  throw new BackendError(`the buffer "${name}" needs ${bytes} bytes, this WebGPU device allows ${most}`, {
    code: 'OUT_OF_MEMORY',
    hint: 'use a smaller image or fewer labels, or the lattice engine',
  });
}

/** The least that can be bound, for what is empty. */
const LEAST = 16;

export function createBuffers(device: GPUDevice): Buffers {
  const buffers = new Map<string, GPUBuffer>();
  const reserve = (name: string, bytes: number, usage: number = STORAGE): GPUBuffer => {
    const old = buffers.get(name);
    if (old && old.size >= bytes) return old;
    checkRoom(device, name, bytes);
    old?.destroy();
    buffers.delete(name);
    const buffer = device.createBuffer({ label: name, size: Math.max(LEAST, Math.ceil(bytes / 4) * 4), usage });
    buffers.set(name, buffer);
    return buffer;
  };
  return {
    get bytes() {
      return [...buffers.values()].reduce((sum, { size }) => sum + size, 0);
    },
    reserve,
    upload(name, data, usage) {
      const buffer = reserve(name, data.byteLength, usage);
      device.queue.writeBuffer(buffer, 0, data);
      return buffer;
    },
    dispose() {
      for (const buffer of buffers.values()) buffer.destroy();
      buffers.clear();
    },
  };
}

import { BUFFER_USAGE, MAP_READ } from '@atrous/platform/gpu';
import type { Buffers } from './buffers.ts';
import type { Session } from './session.ts';

/** Copies so many bytes of a buffer to the host, once everything before is done. @param offset a multiple of 4. */
export async function readBack(
  { device, attempt, settle }: Session,
  buffers: Buffers,
  from: GPUBuffer,
  bytes: number,
  offset = 0,
): Promise<ArrayBuffer> {
  const size = Math.ceil(bytes / 4) * 4;
  const staging = await attempt(() => {
    const buffer = buffers.reserve('staging', size, BUFFER_USAGE.mapRead | BUFFER_USAGE.copyTarget);
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(from, offset, buffer, 0, size);
    device.queue.submit([encoder.finish()]);
    return buffer;
  });
  await settle(staging.mapAsync(MAP_READ, 0, size));
  const copy = staging.getMappedRange(0, size).slice(0, bytes);
  staging.unmap();
  return copy;
}

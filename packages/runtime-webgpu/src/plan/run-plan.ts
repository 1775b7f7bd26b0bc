import type { LongRunningOptions, Tensor } from '@atrous/core';
import { MAP_READ } from '@atrous/platform/gpu';
import type { Session } from '../device/session.ts';
import { encode } from './encode.ts';
import { bytesOf, type InstalledPlan, type Stretch } from './install-plan.ts';
import { tensorFrom } from './tensor-from.ts';
import type { Room } from './value.ts';

/** Where each room begins, when they follow one another. */
const offsetsOf = (rooms: readonly Room[]): readonly number[] => rooms.map((_, i) => bytesOf(rooms.slice(0, i)));

/** Puts a stretch, and the copies of what is to be read back, into the device's queue. */
function submit(stretch: Stretch, { bufferOf, staging }: InstalledPlan, device: GPUDevice): GPUBuffer {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  encode(pass, stretch);
  pass.end();
  const target = staging();
  const offsets = offsetsOf(stretch.reads);
  for (const [i, room] of stretch.reads.entries())
    encoder.copyBufferToBuffer(bufferOf(room), 0, target, offsets[i]!, room.bytes);
  device.queue.submit([encoder.finish()]);
  return target;
}

/** What a stretch leaves. @param write fills buffers before. */
async function runStretch(
  stretch: Stretch,
  installed: InstalledPlan,
  { device, attempt, settle }: Session,
  write: () => void,
): Promise<readonly ArrayBuffer[]> {
  const bytes = bytesOf(stretch.reads);
  // mapping is asked for at once: waiting for the device's word on errors first would cost a round trip
  const { staging, mapping } = await attempt(() => {
    write();
    const staging = submit(stretch, installed, device);
    const mapping = staging.mapAsync(MAP_READ, 0, bytes);
    mapping.catch(() => undefined);
    return { staging, mapping };
  });
  await settle(mapping);
  const mapped = staging.getMappedRange(0, bytes);
  const offsets = offsetsOf(stretch.reads);
  const copies = stretch.reads.map((room, i) => mapped.slice(offsets[i], offsets[i]! + room.bytes));
  staging.unmap();
  return copies;
}

/** Runs a plan on host tensors, by name. */
export async function runPlan(
  installed: InstalledPlan,
  inputs: ReadonlyMap<string, Tensor>,
  session: Session,
  { signal, onProgress }: LongRunningOptions,
): Promise<Readonly<Record<string, Tensor>>> {
  const { plan, stretches, bufferOf } = installed;
  const writeTo = (room: Room, data: Float32Array): void => session.device.queue.writeBuffer(bufferOf(room), 0, data);
  let write = (): void => {
    for (const { name, room } of plan.inputs) {
      const { data } = inputs.get(name)!;
      writeTo(room, data instanceof Float32Array ? data : Float32Array.from(data));
    }
  };
  let left: readonly ArrayBuffer[] = [];
  for (const [completed, stretch] of stretches.entries()) {
    onProgress?.({ phase: 'run', completed, total: stretches.length });
    signal?.throwIfAborted();
    left = await runStretch(stretch, installed, session, write);
    const { host } = stretch;
    if (host) {
      const computed = host.compute(left);
      write = () => writeTo(host.output, computed);
    }
  }
  onProgress?.({ phase: 'run', completed: stretches.length, total: stretches.length });
  signal?.throwIfAborted();
  return Object.fromEntries(plan.outputs.map(({ name, value }, i) => [name, tensorFrom(value, left[i]!)]));
}

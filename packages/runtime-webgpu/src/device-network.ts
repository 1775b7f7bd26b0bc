import { UnsupportedError } from '@atrous/core';
import { encode } from './plan/encode.ts';
import type { InstalledPlan, Stretch } from './plan/install-plan.ts';
import type { Terminal } from './plan/make-plan.ts';

/** A tensor in a buffer of the device, from its beginning on. */
export interface DeviceTensor {
  readonly buffer: GPUBuffer;
  readonly shape: readonly number[];
  /** Float32 as in a `Tensor`, or class ids, `idsPerWord` of them in 32 bits, the first one in the lowest. */
  readonly type: 'float32' | { readonly idsPerWord: 4 | 1 };
}

/** A network for images of one size that are on the device already, and whose results stay there. */
export interface DeviceNetwork {
  /** To be filled before every pass, by name, by shaders or `queue.writeBuffer`: other maps take their place once they were read. */
  readonly inputs: Readonly<Record<string, DeviceTensor>>;
  /** What they are once the pass has run, by name. */
  readonly outputs: Readonly<Record<string, DeviceTensor>>;
  /** Adds the network to a pass of the runtime's device. */
  encode(pass: GPUComputePassEncoder): void;
  /** Frees its buffers; the parameters stay with the executable. */
  dispose(): void;
  [Symbol.dispose](): void;
}

/** Dispatches that nothing interrupts. */
function onlyStretch({ stretches }: InstalledPlan): Stretch {
  const [first, ...more] = stretches;
  if (first && more.length === 0) return first;
  throw new UnsupportedError('the network has custom ops, which run in host memory', {
    hint: 'use `run`, which takes and gives tensors',
  });
}

/**
 * Lets others fill and read the buffers of a plan.
 *
 * @throws UnsupportedError when something of it runs in host memory.
 */
export function createDeviceNetwork(installed: InstalledPlan, dispose: () => void): DeviceNetwork {
  const stretch = onlyStretch(installed);
  const tensorOf = ({ name, value, room }: Terminal): [string, DeviceTensor] => {
    const type = value.type === 'map' ? 'float32' : { idsPerWord: value.idsPerWord };
    return [name, { buffer: installed.bufferOf(room), shape: value.shape, type }];
  };
  return {
    inputs: Object.fromEntries(installed.plan.inputs.map(tensorOf)),
    outputs: Object.fromEntries(installed.plan.outputs.map(tensorOf)),
    encode: (pass) => encode(pass, stretch),
    dispose,
    [Symbol.dispose]: dispose,
  };
}

import { BackendError } from '@atrous/core';

/** Which device to ask for. */
export interface DeviceWishes {
  readonly powerPreference: GPUPowerPreference;
  /** Whether one in software will do. */
  readonly software: boolean;
}

/** Limits taken as large as the adapter has them: a map of a large picture is one buffer. */
const LIMITS = ['maxBufferSize', 'maxStorageBufferBindingSize'] as const;

/** SwiftShader and the like, slower than WebAssembly. Browsers of before 2025 say so on the adapter itself. */
const isSoftware = (adapter: GPUAdapter & { readonly isFallbackAdapter?: boolean }): boolean =>
  adapter.info?.isFallbackAdapter ?? adapter.isFallbackAdapter ?? false;

/** What an adapter calls itself. */
export const describeAdapter = (info: GPUAdapterInfo | undefined): string =>
  [...new Set([info?.description, info?.vendor, info?.architecture, info?.device])].filter(Boolean).join(', ') ||
  'unnamed adapter';

/** @throws BackendError `NO_ADAPTER`. */
export async function requestAdapter(gpu: GPU, { powerPreference, software }: DeviceWishes): Promise<GPUAdapter> {
  const adapter = await gpu.requestAdapter({ powerPreference });
  if (adapter === null)
    throw new BackendError('there is no WebGPU adapter here', {
      code: 'NO_ADAPTER',
      hint: 'update the browser or the graphics driver; on Linux, Node needs a Vulkan driver; or use the runtime simd',
    });
  if (!software && isSoftware(adapter))
    throw new BackendError(`the only WebGPU adapter here computes in software (${describeAdapter(adapter.info)})`, {
      code: 'NO_ADAPTER',
      hint: 'switch on hardware acceleration, or use the runtime simd; webgpu({ software: true }) takes software too',
    });
  return adapter;
}

/** A device with the limits of its adapter, and `shader-f16` if it has that. */
export const requestDevice = (adapter: GPUAdapter): Promise<GPUDevice> =>
  adapter.requestDevice({
    requiredFeatures: adapter.features.has('shader-f16') ? ['shader-f16'] : [],
    requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
  });

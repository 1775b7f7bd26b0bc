import { BackendError } from '@atrous/core';
import type { AdapterAdvice } from './advice.ts';

/** Which adapter to ask for. */
export interface AdapterWishes {
  readonly powerPreference: GPUPowerPreference;
  /** Whether one in software will do. */
  readonly software: boolean;
}

/** SwiftShader and the like, slower than WebAssembly. Browsers of before 2025 say so on the adapter itself. */
const isSoftware = (adapter: GPUAdapter & { readonly isFallbackAdapter?: boolean }): boolean =>
  adapter.info?.isFallbackAdapter ?? adapter.isFallbackAdapter ?? false;

/** What an adapter calls itself. */
export const describeAdapter = (info: GPUAdapterInfo | undefined): string =>
  [...new Set([info?.description, info?.vendor, info?.architecture, info?.device])].filter(Boolean).join(', ') ||
  'unnamed adapter';

/** @throws BackendError `NO_ADAPTER`. */
export async function requestAdapter(
  gpu: GPU,
  { powerPreference, software }: AdapterWishes,
  advice: AdapterAdvice,
): Promise<GPUAdapter> {
  const adapter = await gpu.requestAdapter({ powerPreference });
  if (adapter === null)
    throw new BackendError('there is no WebGPU adapter here', {
      code: 'NO_ADAPTER',
      hint: `update the browser or the graphics driver; on Linux, Node needs a Vulkan driver; or ${advice.otherwise}`,
    });
  if (!software && isSoftware(adapter))
    throw new BackendError(`the only WebGPU adapter here computes in software (${describeAdapter(adapter.info)})`, {
      code: 'NO_ADAPTER',
      hint: `switch on hardware acceleration, or ${advice.otherwise}; ${advice.software} takes software too`,
    });
  return adapter;
}

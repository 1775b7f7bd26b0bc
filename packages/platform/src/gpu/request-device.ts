/** The limits that large buffers meet. */
const LIMITS = ['maxBufferSize', 'maxStorageBufferBindingSize'] as const;

/** A device with buffers as large as its adapter allows, and those of the wanted features that it has. */
export const requestDevice = (adapter: GPUAdapter, features: readonly GPUFeatureName[] = []): Promise<GPUDevice> =>
  adapter.requestDevice({
    requiredFeatures: features.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
  });

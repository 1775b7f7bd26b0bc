export type { DeviceNetwork, DeviceTensor } from './device-network.ts';
export type { InputShapes, WebGpuExecutable } from './executable.ts';
export type { Precision } from './precision.ts';
export { webgpu, type WebGpuOptions, type WebGpuRuntime } from './webgpu.ts';

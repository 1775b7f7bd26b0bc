export type { AdapterAdvice, DeviceAdvice, GpuAdvice } from './advice.ts';
export { findGpu } from './find-gpu.ts';
export { BUFFER_USAGE, MAP_READ } from './flags.ts';
export { loadDawn, type Dawn } from './load-dawn.ts';
export { isPlainNode, mayHaveCard } from './may-have-card.ts';
export { describeAdapter, requestAdapter, type AdapterWishes } from './request-adapter.ts';
export { requestDevice } from './request-device.ts';
export { watchDevice, type WatchedDevice } from './watch-device.ts';

export type { Kernel, KernelCall, KernelKind, KernelTable, Value } from './kernel.ts';
export { kernels } from './kernels.ts';
export { referenceRuntime } from './reference-runtime.ts';
export { runGraph, type RunGraphOptions } from './run-graph.ts';

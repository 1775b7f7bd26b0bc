export { auto, defaultCandidates, type AutoExecutable, type AutoOptions, type AutoRuntime } from './auto.ts';
export type { AutoEvent, Choice, Measurement } from './choice.ts';
export { lazyRuntime, type LazyRuntime } from './lazy-runtime.ts';
export type { ChoiceStore } from './choice-store.ts';

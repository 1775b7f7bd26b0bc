export { createTfjsRuntime } from './create-tfjs-runtime.ts';
export type { BackendQuirks, TfjsBackend } from './tfjs-backend.ts';

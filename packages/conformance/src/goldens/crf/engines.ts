import type { CrfEngine } from '@atrous/crf';

/** The engine that runs where a runtime does, by the runtime's name. */
const ENGINES: Readonly<Record<string, () => Promise<CrfEngine>>> = {
  reference: async () => (await import('@atrous/crf/exact')).exact(),
  wasm: async () => (await import('@atrous/crf/lattice')).lattice(),
  webgpu: async () => (await import('@atrous/crf/webgpu')).webgpu({ software: true }),
};

/** @returns undefined where there is none. */
export const engineBeside = (runtimeName: string): Promise<CrfEngine> | undefined => ENGINES[runtimeName]?.();

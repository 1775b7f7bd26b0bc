import type { Runtime } from '@atrous/core';
import { loadRuntime, type BackendId } from './backends.ts';

/** Runtimes by backend, each made once; one whose code did not load is tried again. */
export function createRuntimes(): (backend: BackendId) => Promise<Runtime> {
  const made = new Map<BackendId, Promise<Runtime>>();
  return (backend) => {
    const known = made.get(backend);
    if (known) return known;
    const runtime = loadRuntime[backend]();
    made.set(backend, runtime);
    runtime.catch(() => made.delete(backend));
    return runtime;
  };
}

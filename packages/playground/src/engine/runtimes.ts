import type { TfjsRuntime } from '@atrous/runtime-tfjs';
import { loadRuntime, type BackendId } from './backends.ts';

/** Runtimes by backend, each made once; one whose code did not load is tried again. */
export function createRuntimes(): (backend: BackendId) => Promise<TfjsRuntime> {
  const made = new Map<BackendId, Promise<TfjsRuntime>>();
  return (backend) => {
    const known = made.get(backend);
    if (known) return known;
    const runtime = loadRuntime[backend]();
    made.set(backend, runtime);
    runtime.catch(() => made.delete(backend));
    return runtime;
  };
}

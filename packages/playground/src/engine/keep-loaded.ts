import type { BackendId } from './backends.ts';

/** What was loaded, by backend, each once; one whose code did not load is tried again. */
export function keepLoaded<Kind>(
  loaders: Readonly<Record<BackendId, () => Promise<Kind>>>,
): (backend: BackendId) => Promise<Kind> {
  const made = new Map<BackendId, Promise<Kind>>();
  return (backend) => {
    const known = made.get(backend);
    if (known) return known;
    const runtime = loaders[backend]();
    made.set(backend, runtime);
    runtime.catch(() => made.delete(backend));
    return runtime;
  };
}

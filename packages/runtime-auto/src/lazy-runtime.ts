import { defineRuntime, type Runtime } from '@atrous/core';

/** A runtime by how to get it. */
export interface LazyRuntime {
  readonly name: string;
  /** One line for listings. */
  readonly description: string;
  readonly load: () => Promise<Runtime>;
}

/** A runtime whose code is loaded when it is first asked for. Where it does not load, the runtime is not available. */
export function lazyRuntime({ name, description, load }: LazyRuntime): Runtime {
  let loaded: Promise<Runtime> | undefined;
  const runtime = (): Promise<Runtime> => (loaded ??= load());
  return defineRuntime({
    name,
    description,
    async available() {
      try {
        return await (await runtime()).available();
      } catch (error) {
        loaded = undefined;
        const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
        return { available: false, reason, hint: `install what "${name}" needs, or use another runtime` };
      }
    },
    compile: async (graph, weights, options) => (await runtime()).compile(graph, weights, options),
  });
}

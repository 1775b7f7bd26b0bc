import { BackendError, type Runtime } from '@atrous/core';
import type { TfjsRuntime } from '@atrous/runtime-tfjs';
import { detailOf, findBackend } from '../backends.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';

const TRAINERS: Readonly<Record<string, () => Promise<TfjsRuntime>>> = {
  wasm: async () => (await import('@atrous/runtime-tfjs/wasm')).wasm(),
  webgpu: async () => (await import('@atrous/runtime-tfjs/webgpu')).webgpu(),
  'tfjs-webgpu': async () => (await import('@atrous/runtime-tfjs/webgpu')).webgpu(),
  cpu: async () => (await import('@atrous/runtime-tfjs/cpu')).cpu(),
  tensorflow: async () => (await import('@atrous/runtime-tfjs/node')).tensorflow(),
};

/** What `auto` tries, in order. WASM needs no driver; WebGPU in Node is often one in software, which is slower. */
const AUTO_ORDER = ['wasm', 'webgpu', 'cpu'];

const canTrain = (runtime: Runtime): runtime is TfjsRuntime => 'trainable' in runtime;

async function named(name: string, context: Context): Promise<TfjsRuntime> {
  const backend = findBackend(name, await context.plugins());
  const runtime = (await TRAINERS[name]?.()) ?? backend;
  if (!canTrain(runtime))
    throw new UsageError(`backend "${name}" cannot train`, `train on ${Object.keys(TRAINERS).join(', ')}`);
  await detailOf(runtime);
  return runtime;
}

async function firstThatWorks(context: Context): Promise<TfjsRuntime> {
  for (const name of AUTO_ORDER) {
    const runtime = await named(name, context).catch(() => undefined);
    if (runtime) return runtime;
  }
  throw new BackendError('no backend that trains works here', {
    code: 'BACKEND_UNAVAILABLE',
    hint: 'atrous backends says what to install',
  });
}

/**
 * The backend of a `--backend` flag, as one that trains.
 *
 * @throws UsageError when no backend has that name, or it only runs networks.
 * @throws BackendError when it does not work here.
 */
export const chooseTrainer = (context: Context, name: string): Promise<TfjsRuntime> =>
  name === 'auto' ? firstThatWorks(context) : named(name, context);

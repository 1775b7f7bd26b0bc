import type { Availability, Plugin, Runtime } from '@atrous/core';
import { BackendError } from '@atrous/core';
import { unknownName } from './errors.ts';

/** A backend of this command: its name and how to load it. Each is loaded only when asked for. */
export interface BackendEntry {
  readonly name: string;
  load(): Promise<Runtime>;
}

const BUILT_IN: readonly BackendEntry[] = [
  { name: 'wasm', load: async () => (await import('@atrous/runtime-tfjs/wasm')).wasm() },
  { name: 'simd', load: async () => (await import('@atrous/runtime-wasm')).simd() },
  { name: 'webgpu', load: async () => (await import('@atrous/runtime-tfjs/webgpu')).webgpu() },
  { name: 'tensorflow', load: async () => (await import('@atrous/runtime-tfjs/node')).tensorflow() },
  { name: 'onnx', load: async () => (await import('@atrous/runtime-onnx/node')).onnx() },
  { name: 'onnx-webgpu', load: async () => (await import('@atrous/runtime-onnx/node')).onnx({ provider: 'webgpu' }) },
  { name: 'cpu', load: async () => (await import('@atrous/runtime-tfjs/cpu')).cpu() },
  { name: 'reference', load: async () => (await import('@atrous/runtime-reference')).referenceRuntime() },
];

/** The built-in backends, then those that plugins bring. */
export const backendEntries = (plugins: readonly Plugin[]): readonly BackendEntry[] => [
  ...BUILT_IN,
  ...plugins
    .filter((plugin): plugin is Runtime => plugin.kind === 'runtime')
    .map((runtime) => ({ name: runtime.name, load: async () => runtime })),
];

/** A backend that works here, and why it was taken. */
export interface ChosenBackend {
  readonly runtime: Runtime;
  readonly name: string;
  /** For example the adapter or instruction set in use. */
  readonly detail: string;
  readonly why: string;
}

/**
 * What `auto` tries, in order. WASM first: it needs no driver, gives the same numbers everywhere,
 * and Dawn in Node often finds only a software adapter, which is slower.
 */
const AUTO_ORDER = ['wasm', 'webgpu', 'cpu'];

/** Availability of an entry, also when its library is not installed. */
export async function availabilityOf(entry: BackendEntry): Promise<FoundBackend> {
  try {
    const runtime = await entry.load();
    return { runtime, availability: await runtime.available() };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { availability: { available: false, reason, hint: `install what "${entry.name}" needs, or use another` } };
  }
}

async function chooseAuto(entries: readonly BackendEntry[]): Promise<ChosenBackend> {
  const refused: string[] = [];
  for (const name of AUTO_ORDER) {
    const entry = entries.find((candidate) => candidate.name === name);
    if (entry === undefined) continue;
    const { runtime, availability } = await availabilityOf(entry);
    if (runtime && availability.available) {
      const order = `first available of ${AUTO_ORDER.join(', ')}`;
      return { runtime, name, detail: availability.detail, why: [order, ...refused].join('; ') };
    }
    if (!availability.available) refused.push(`${name}: ${availability.reason}`);
  }
  throw new BackendError(`no backend works here (${refused.join('; ')})`, {
    code: 'BACKEND_UNAVAILABLE',
    hint: 'atrous backends says what to install',
  });
}

/** A backend that was found by name, and whether it works here. */
export interface FoundBackend {
  /** Absent when its library cannot be loaded. */
  readonly runtime?: Runtime;
  readonly availability: Availability;
}

/**
 * Looks a backend up by name and asks whether it works here.
 *
 * @throws UsageError when no backend has that name.
 */
export async function findBackend(name: string, plugins: readonly Plugin[]): Promise<FoundBackend> {
  const entries = backendEntries(plugins);
  const entry = entries.find((candidate) => candidate.name === name);
  if (entry === undefined) throw unknownName('backend', name, ['auto', ...entries.map((known) => known.name)]);
  return availabilityOf(entry);
}

/**
 * The backend of a `--backend` flag, `auto` included, checked to work here.
 *
 * @throws UsageError when no backend has that name.
 * @throws BackendError when it does not work here.
 */
export async function chooseBackend(name: string, plugins: readonly Plugin[]): Promise<ChosenBackend> {
  if (name === 'auto') return chooseAuto(backendEntries(plugins));
  const { runtime, availability } = await findBackend(name, plugins);
  if (!availability.available || runtime === undefined) {
    const { reason = 'unknown reason', hint } = availability as { reason?: string; hint?: string };
    throw new BackendError(`backend "${name}" does not work here: ${reason}`, { code: 'BACKEND_UNAVAILABLE', hint });
  }
  return { runtime, name, detail: availability.detail, why: 'asked for' };
}

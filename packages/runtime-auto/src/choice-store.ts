import { isMeasured, type Measurement } from './choice.ts';

/** Keeps texts between visits or processes. One that fails only costs measuring again. */
export interface ChoiceStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, text: string): Promise<void>;
}

/** What a name of a file or of an entry may be. */
export async function hash(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return [...digest.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function isMeasurement(value: unknown): value is Measurement {
  const { runtime, ms, detail, reason } = (value ?? {}) as Record<string, unknown>;
  if (typeof runtime !== 'string') return false;
  return typeof reason === 'string' || (typeof ms === 'number' && typeof detail === 'string');
}

/** What was measured earlier; `undefined` when nothing was, or when it cannot be read. */
export async function recall(store: ChoiceStore, key: string): Promise<readonly Measurement[] | undefined> {
  try {
    const found: unknown = JSON.parse((await store.get(key)) ?? 'null');
    if (Array.isArray(found) && found.every(isMeasurement) && found.some(isMeasured)) return found;
  } catch {
    // measured again, which writes it anew
  }
  return undefined;
}

export const remember = (store: ChoiceStore, key: string, measurements: readonly Measurement[]): Promise<void> =>
  store.set(key, JSON.stringify(measurements)).catch(() => {});

import { BackendError } from '@atrous/core';
import type { CrfEngine } from './engine.ts';

/** An engine, or `auto` for the fastest that works here. */
export type EngineChoice = 'auto' | CrfEngine;

interface Candidate {
  readonly load: () => Promise<CrfEngine>;
  readonly mostPixels: number;
}

/** Best first. Loaded only when their turn comes. */
const CANDIDATES: readonly Candidate[] = [
  { load: async () => (await import('./lattice/lattice.ts')).lattice(), mostPixels: Infinity },
  // seconds; beyond that the square of the pixels takes too long to be what anybody wants
  { load: async () => (await import('./exact/exact.ts')).exact(), mostPixels: 64 * 64 },
];

async function checkAvailable(engine: CrfEngine): Promise<CrfEngine> {
  const here = await engine.available();
  if (here.available) return engine;
  throw new BackendError(`the CRF engine "${engine.name}" does not work here: ${here.reason}`, { hint: here.hint });
}

/**
 * The engine that was asked for, or the first of the known ones that works here.
 *
 * @param onNotice hears why a better one is passed over.
 * @throws BackendError when the engine that was asked for does not work here, or none does.
 */
export async function chooseEngine(
  choice: EngineChoice,
  pixels: number,
  onNotice: (notice: string) => void = () => {},
): Promise<CrfEngine> {
  if (choice !== 'auto') return checkAvailable(choice);
  const reasons: string[] = [];
  for (const { load, mostPixels } of CANDIDATES) {
    const engine = await load();
    const here = await engine.available();
    if (here.available && pixels <= mostPixels) {
      for (const reason of reasons) onNotice(`the CRF runs on "${engine.name}": ${reason}`);
      return engine;
    }
    const reason = here.available ? `would take too long for ${pixels} pixels` : `does not work here, ${here.reason}`;
    reasons.push(`"${engine.name}" ${reason}`);
  }
  throw new BackendError(`no CRF engine works here: ${reasons.join('; ')}`, {
    hint: 'use a runtime with SIMD in WebAssembly, or pass the engine `exact()` and wait',
  });
}

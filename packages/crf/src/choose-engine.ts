import { BackendError } from '@atrous/core';
import { mayHaveCard } from '@atrous/platform/gpu';
import { countCores } from '@atrous/platform/threads';
import type { CrfEngine } from './engine.ts';

/** An engine, or `auto` for the fastest that works here. */
export type EngineChoice = 'auto' | CrfEngine;

interface Candidate {
  readonly load: () => Promise<CrfEngine & Partial<Disposable>>;
  readonly mostPixels: number;
  /** From how many pixels on it is faster than the next. Default: any. */
  readonly leastPixels?: number;
  /** Whether it could work here at all, where a notice then says why it does not. Default: yes. */
  readonly isPossible?: () => boolean;
}

/** More threads than this gain little. */
const MOST_THREADS = 4;

/** Threads that may work at once. */
const countThreads = (): number => Math.min(MOST_THREADS, countCores());

/** Best first. Loaded only when their turn comes. */
const CANDIDATES: readonly Candidate[] = [
  {
    load: async () => (await import('./webgpu/webgpu.ts')).webgpu(),
    mostPixels: Infinity,
    isPossible: mayHaveCard,
  },
  {
    load: async () => (await import('./lattice/lattice.ts')).lattice({ threads: countThreads() }),
    mostPixels: Infinity,
    // to start threads takes as long as a tenth of a photo
    leastPixels: 2 ** 16,
    isPossible: () => countThreads() > 1,
  },
  { load: async () => (await import('./lattice/lattice.ts')).lattice(), mostPixels: Infinity },
  // seconds; beyond that the square of the pixels takes too long to be what anybody wants
  { load: async () => (await import('./exact/exact.ts')).exact(), mostPixels: 64 * 64 },
];

async function checkAvailable(engine: CrfEngine): Promise<CrfEngine> {
  const here = await engine.available();
  if (here.available) return engine;
  throw new BackendError(`the CRF engine "${engine.name}" does not work here: ${here.reason}`, { hint: here.hint });
}

/** Chooses engines, and owns those that it made. */
export interface EngineChooser {
  /** @throws BackendError when the engine that was asked for does not work here, or none does. */
  readonly choose: (pixels: number) => Promise<CrfEngine>;
  /**
   * Passes over the engine that it chose last from now on, as a device may be lost or too small.
   *
   * @throws the error it failed with where no other may take its place.
   */
  readonly replace: (failure: unknown) => Promise<void>;
  /** Ends engines that it made, once their fields are disposed: threads, a device. */
  readonly dispose: () => void;
}

/**
 * Chooses the engine that was asked for or, of the known ones, the first that works here with so many pixels. Each is made once, so that
 * pictures of different sizes share its memory.
 *
 * @param onNotice hears why a better one is passed over.
 */
export function createEngineChooser(
  choice: EngineChoice,
  onNotice: (notice: string) => void = () => {},
): EngineChooser {
  const made = new Map<Candidate, CrfEngine & Partial<Disposable>>();
  const failures = new Map<CrfEngine, string>();
  let last: { readonly pixels: number; readonly engine: CrfEngine } | undefined;
  const makeOnce = async (candidate: Candidate): Promise<CrfEngine> => {
    const engine = made.get(candidate) ?? (await candidate.load());
    made.set(candidate, engine);
    return engine;
  };
  const told = new Set<string>();
  const tellOnce = (notice: string): void => {
    if (!told.has(notice)) onNotice(notice);
    told.add(notice);
  };
  const search = async (pixels: number): Promise<CrfEngine> => {
    const reasons = new Set<string>();
    for (const candidate of CANDIDATES) {
      const { leastPixels = 0, isPossible = () => true } = candidate;
      if (pixels < leastPixels || !isPossible()) continue;
      const engine = await makeOnce(candidate);
      const failure = failures.get(engine);
      const here = failure === undefined ? await engine.available() : ({ available: false, reason: failure } as const);
      if (here.available && pixels <= candidate.mostPixels) {
        for (const reason of reasons) tellOnce(`the CRF runs on "${engine.name}": ${reason}`);
        return engine;
      }
      const reason = here.available ? `would take too long for ${pixels} pixels` : `does not work here, ${here.reason}`;
      reasons.add(`"${engine.name}" ${reason}`);
    }
    throw new BackendError(`no CRF engine works here: ${[...reasons].join('; ')}`, {
      hint: 'use a runtime with SIMD in WebAssembly, or pass the engine `exact()` and wait',
    });
  };
  return {
    async choose(pixels) {
      if (last?.pixels === pixels) return last.engine;
      const engine = choice === 'auto' ? await search(pixels) : await checkAvailable(choice);
      last = { pixels, engine };
      return engine;
    },
    async replace(failure) {
      if (choice !== 'auto' || last === undefined) throw failure;
      const { pixels, engine } = last;
      failures.set(engine, failure instanceof Error ? failure.message : String(failure));
      const other = await search(pixels).catch(() => {
        throw failure;
      });
      last = { pixels, engine: other };
    },
    dispose() {
      for (const engine of made.values()) engine[Symbol.dispose]?.();
    },
  };
}

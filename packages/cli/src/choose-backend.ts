import type { Runtime } from '@atrous/core';
import { auto, defaultCandidates } from '@atrous/runtime-auto';
import { detailOf, findBackend } from './backends.ts';
import type { Context } from './context.ts';

/** What a network runs on, and why. */
export interface BackendNote {
  readonly name: string;
  /** For example the adapter or instruction set in use. */
  readonly detail: string;
  readonly why: string;
}

/** A backend that works here. */
export interface ChosenBackend {
  readonly runtime: Runtime;
  /** Of `auto`, only once the network is compiled. */
  readonly note: () => BackendNote;
}

/** Whichever is fastest for the network here. Standard error hears what had to change, and in a terminal what was measured. */
function chooseAuto({ io }: Context): ChosenBackend {
  let note: BackendNote | undefined;
  const runtime = auto({
    candidates: [...defaultCandidates(), findBackend('tensorflow', [])],
    onEvent(event) {
      if (event.type === 'fallback') {
        const { from, to, error } = event;
        note = { name: to, detail: '', why: `${from} was lost` };
        return void io.stderr.write(`note: ${error.message}; now on ${to}\n`);
      }
      const { runtime: name, detail, why, measurements, remembered } = event.choice;
      note = { name, detail, why };
      if (measurements.length > 0 && !remembered && io.stderr.isTTY)
        io.stderr.write(`note: backends measured, --backend takes another: ${why}\n`);
    },
  });
  return {
    runtime,
    note() {
      if (note === undefined) throw new Error('asked what auto chose before it had');
      return note;
    },
  };
}

/**
 * The backend of a `--backend` flag, checked to work here.
 *
 * @throws UsageError when no backend has that name.
 * @throws BackendError when it does not work here.
 */
export async function chooseBackend(context: Context, name: string): Promise<ChosenBackend> {
  if (name === 'auto') return chooseAuto(context);
  const runtime = findBackend(name, await context.plugins());
  const note = { name, detail: await detailOf(runtime), why: 'asked for' };
  return { runtime, note: () => note };
}

import { toBackendError } from './backend-error.ts';
import { chooseBackend } from './engine-queue.ts';
import { selfTest } from './self-test/self-test.ts';
import type { TfjsBackend } from './tfjs-backend.ts';

/** Brings a backend up. To be used inside `withEngine` only. */
export interface Starter {
  /** Makes the backend the current one, starting it first if it does not run or lost its device. */
  readonly start: () => Promise<void>;
  /** The same, and tests the device once per start. */
  readonly test: () => Promise<void>;
  /** How often the backend was started. */
  readonly starts: () => number;
}

export function createStarter(backend: TfjsBackend): Starter {
  let running = false;
  let starts = 0;
  let tested: Promise<void> | undefined;
  const load = async (): Promise<void> => {
    if (running && backend.lost?.() === undefined) return;
    running = false;
    tested = undefined;
    await backend.load();
    starts++;
  };
  const start = async (): Promise<void> => {
    try {
      await load();
      await chooseBackend(backend.tfjsName);
      running = true;
    } catch (error) {
      running = false;
      throw toBackendError(error, backend.name, 'its start');
    }
  };
  const test = async (): Promise<void> => {
    await start();
    tested ??= selfTest(backend);
    await tested;
  };
  return { start, test, starts: () => starts };
}

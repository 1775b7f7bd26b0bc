import { BackendError, defineRuntime, type Executable, type Runtime } from '@atrous/core';
import { referenceRuntime } from '@atrous/runtime-reference';
import { vi } from 'vitest';

/** What a {@link fakeRuntime} does wrong. */
interface Faults {
  /** Why it does not work here. */
  readonly missing?: string;
  readonly detail?: string;
  readonly failsToCompile?: boolean;
  readonly computesWrongly?: boolean;
  /** Runs end only when they are stopped. */
  readonly hangs?: boolean;
}

/** A runtime whose runs take as long as it is told, by a clock that only it moves. */
export interface FakeRuntime extends Runtime {
  readonly runs: () => number;
  readonly compiled: () => number;
  /** Executables that were not disposed. */
  readonly alive: () => number;
  /** From now on its runs fail. */
  readonly lose: (code?: string) => void;
}

/** A clock that stands still until a run moves it. */
export function fakeClock() {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  return { pass: (ms: number) => (now += ms) };
}

type Clock = ReturnType<typeof fakeClock>;

const aborted = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));

export function fakeRuntime(clock: Clock, name: string, ms: number, faults: Faults = {}): FakeRuntime {
  const reference = referenceRuntime();
  let runs = 0;
  let compiled = 0;
  let alive = 0;
  let lost: string | undefined;
  const runtime = defineRuntime({
    name,
    description: `fake ${name}`,
    available: () =>
      Promise.resolve(
        faults.missing === undefined
          ? { available: true, detail: faults.detail ?? 'a device' }
          : { available: false, reason: faults.missing, hint: 'install it' },
      ),
    async compile(...call): Promise<Executable> {
      if (faults.failsToCompile) throw new BackendError(`${name} fails`, { code: 'SELF_TEST' });
      const executable = await reference.compile(...call);
      compiled++;
      alive++;
      const dispose = () => {
        alive--;
        executable.dispose();
      };
      return {
        memory: () => executable.memory(),
        dispose,
        [Symbol.dispose]: dispose,
        async run(inputs, options) {
          runs++;
          if (lost !== undefined) throw new BackendError(`${name} is gone`, { code: lost });
          if (faults.hangs) return aborted(options?.signal);
          const outputs = await executable.run(inputs, options);
          clock.pass(ms);
          if (!faults.computesWrongly) return outputs;
          return Object.fromEntries(
            Object.entries(outputs).map(([key, { shape, data }]) => [key, { shape, data: data.map((x) => -x) }]),
          );
        },
      };
    },
  });
  return Object.assign(runtime, {
    runs: () => runs,
    compiled: () => compiled,
    alive: () => alive,
    lose: (code = 'DEVICE_LOST') => void (lost = code),
  });
}

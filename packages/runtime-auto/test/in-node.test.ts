import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { referenceRuntime } from '@atrous/runtime-reference';
import { simd } from '@atrous/runtime-wasm';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { auto, type AutoEvent, type ChoiceStore } from '../src/index.ts';
import { expected, graph, image, weights } from './support/tiny-network.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runtime-auto-'));
  vi.stubEnv('XDG_CACHE_HOME', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

it('measures the engines of this machine once and keeps what it found in the cache folder', async () => {
  const first = await auto().compile(graph, weights);
  expect(first.choice.measurements.map(({ runtime }) => runtime)).toEqual(expect.arrayContaining(['simd', 'onnx']));
  expect(['simd', 'onnx']).toContain(first.runtime);
  expect([...((await first.run(image)).logits?.data ?? [])]).toEqual(expected);
  first.dispose();
  expect((await readdir(join(folder, 'atrous', 'runtimes'))).length).toBe(1);

  const second = await auto().compile(graph, weights);
  expect(second.choice).toEqual({ ...first.choice, remembered: true });
  second.dispose();
});

/** Workers that are started from now on. */
function recordThreads(): readonly Worker[] {
  const started: Worker[] = [];
  class Recorded extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      started.push(this);
    }
  }
  const threads = process.getBuiltinModule('node:worker_threads');
  threads.Worker = Recorded;
  onTestFinished(() => void (threads.Worker = Worker));
  return started;
}

it('goes on with another engine when a thread is killed', async () => {
  const candidates = [simd({ threads: 2 }), referenceRuntime()];
  const known = candidates.map(async (runtime, i) => {
    const state = await runtime.available();
    return { runtime: runtime.name, ms: i + 1, detail: state.available ? state.detail : '' };
  });
  const store: ChoiceStore = {
    get: async () => JSON.stringify(await Promise.all(known)),
    set: () => Promise.resolve(),
  };
  const threads = recordThreads();
  const events: AutoEvent[] = [];
  const runtime = auto({ candidates, store, onEvent: (event) => events.push(event) });
  using executable = await runtime.compile(graph, weights);
  expect(executable.runtime).toBe('simd');
  await threads[0]?.terminate();
  expect([...((await executable.run(image)).logits?.data ?? [])]).toEqual(expected);
  expect(executable.runtime).toBe('reference');
  expect(events[1]).toMatchObject({ type: 'fallback', from: 'simd', error: { code: 'DEVICE_LOST' } });
});

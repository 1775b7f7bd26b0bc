import { createGraphBuilder } from '@atrous/core';
import { afterEach, expect, it, vi } from 'vitest';
import { auto, type AutoEvent, type ChoiceStore } from '../src/index.ts';
import { fakeClock, fakeRuntime } from './support/fake-runtime.ts';
import { expected, graph, image, weights } from './support/tiny-network.ts';

afterEach(() => vi.restoreAllMocks());

function memoryStore() {
  const texts = new Map<string, string>();
  const store: ChoiceStore = {
    get: (key) => Promise.resolve(texts.get(key)),
    set: async (key, text) => void texts.set(key, text),
  };
  return { store, texts };
}

it('takes the fastest, says why, and frees the others', async () => {
  const clock = fakeClock();
  const slow = fakeRuntime(clock, 'slow', 30);
  const fast = fakeRuntime(clock, 'fast', 10, { detail: 'a graphics card' });
  const middle = fakeRuntime(clock, 'middle', 20);
  const absent = fakeRuntime(clock, 'absent', 1, { missing: 'it is not installed' });
  const events: AutoEvent[] = [];
  const runtime = auto({
    candidates: [slow, fast, middle, absent],
    store: null,
    onEvent: (event) => events.push(event),
  });
  const progress: string[] = [];
  const executable = await runtime.compile(graph, weights, {
    onProgress: ({ phase, completed, total, item }) =>
      progress.push(`${phase} ${completed}/${total} ${item ?? ''}`.trim()),
  });
  expect(executable.choice).toEqual({
    runtime: 'fast',
    detail: 'a graphics card',
    why: 'fast 10 ms, middle 20 ms, slow 30 ms; absent: it is not installed',
    measurements: [
      { runtime: 'slow', ms: 30, detail: 'a device' },
      { runtime: 'fast', ms: 10, detail: 'a graphics card' },
      { runtime: 'middle', ms: 20, detail: 'a device' },
      { runtime: 'absent', reason: 'it is not installed' },
    ],
    remembered: false,
  });
  expect(executable.runtime).toBe('fast');
  expect(events).toEqual([{ type: 'chosen', choice: executable.choice }]);
  expect(progress).toEqual(['measure 0/3 slow', 'measure 1/3 fast', 'measure 2/3 middle', 'measure 3/3']);
  expect([slow, fast, middle].map((one) => one.alive())).toEqual([0, 1, 0]);
  expect([...((await executable.run(image)).logits?.data ?? [])]).toEqual(expected);
  executable.dispose();
  expect(fast.alive()).toBe(0);
  await expect(executable.run(image)).rejects.toMatchObject({ code: 'DISPOSED' });
});

it('passes over those that fail, hang or compute something else', async () => {
  const clock = fakeClock();
  const right = fakeRuntime(clock, 'right', 5);
  const wrong = fakeRuntime(clock, 'wrong', 1, { computesWrongly: true });
  const broken = fakeRuntime(clock, 'broken', 1, { failsToCompile: true });
  const { choice } = await auto({ candidates: [right, wrong, broken], store: null }).compile(graph, weights);
  expect(choice.runtime).toBe('right');
  expect(choice.why).toBe('right 5 ms; wrong: computes other numbers here; broken: broken fails');
  expect([wrong, broken].map((one) => one.alive())).toEqual([0, 0]);
});

it('stops a candidate that takes too long', async () => {
  vi.useFakeTimers();
  const clock = fakeClock();
  const right = fakeRuntime(clock, 'right', 5);
  const stuck = fakeRuntime(clock, 'stuck', 1, { hangs: true });
  const compiling = auto({ candidates: [right, stuck], store: null }).compile(graph, weights);
  await vi.waitUntil(() => stuck.runs() === 1);
  await vi.runAllTimersAsync();
  vi.useRealTimers();
  expect((await compiling).choice.why).toBe('right 5 ms; stuck: too slow');
  expect(stuck.alive()).toBe(0);
});

it('does not measure where only one works', async () => {
  const clock = fakeClock();
  const only = fakeRuntime(clock, 'only', 5);
  const absent = fakeRuntime(clock, 'absent', 1, { missing: 'no adapter' });
  const { store, texts } = memoryStore();
  const { choice } = await auto({ candidates: [only, absent], store }).compile(graph, weights);
  expect(choice).toEqual({
    runtime: 'only',
    detail: 'a device',
    why: 'only only works here; absent: no adapter',
    measurements: [],
    remembered: false,
  });
  expect([only.runs(), texts.size]).toEqual([0, 0]);
});

it('says why nothing works', async () => {
  const clock = fakeClock();
  const candidates = [
    fakeRuntime(clock, 'a', 1, { missing: 'no adapter' }),
    fakeRuntime(clock, 'b', 1, { failsToCompile: true }),
    fakeRuntime(clock, 'c', 1, { failsToCompile: true }),
  ];
  const compiling = auto({ candidates, store: null }).compile(graph, weights);
  await expect(compiling).rejects.toMatchObject({ name: 'BackendError', code: 'BACKEND_UNAVAILABLE' });
  await expect(compiling).rejects.toThrow('no runtime works here (b: b fails; c: c fails; a: no adapter)');
});

it('measures networks that need larger images', async () => {
  const clock = fakeClock();
  const candidates = [fakeRuntime(clock, 'slow', 30), fakeRuntime(clock, 'fast', 10)];
  const builder = createGraphBuilder();
  const narrow = builder.avgPool(builder.input(), { name: 'narrow', kernel: 400, stride: 64, padding: 'valid' });
  const { choice } = await auto({ candidates, store: null }).compile(builder.build({ narrow }), new Map());
  expect(choice.runtime).toBe('fast');
  const tooNarrow = createGraphBuilder();
  const none = tooNarrow.avgPool(tooNarrow.input(), { name: 'none', kernel: 2000, stride: 64, padding: 'valid' });
  const unmeasured = await auto({ candidates, store: null }).compile(tooNarrow.build({ none }), new Map());
  expect(unmeasured.choice).toMatchObject({ runtime: 'slow', measurements: [] });
});

it('remembers by network and device', async () => {
  const clock = fakeClock();
  const { store, texts } = memoryStore();
  const candidates = () => [fakeRuntime(clock, 'slow', 30), fakeRuntime(clock, 'fast', 10)] as const;
  await auto({ candidates: candidates(), store }).compile(graph, weights);

  const [slow, fast] = candidates();
  const again = await auto({ candidates: [slow, fast], store }).compile(graph, weights);
  expect(again.choice).toMatchObject({ runtime: 'fast', why: 'fast 10 ms, slow 30 ms', remembered: true });
  expect([slow.compiled(), fast.compiled(), fast.runs()]).toEqual([0, 1, 0]);

  const changed = fakeRuntime(clock, 'fast', 40, { detail: 'another adapter' });
  const anew = await auto({ candidates: [slow, changed], store }).compile(graph, weights);
  expect(anew.choice).toMatchObject({ runtime: 'slow', remembered: false });

  const broken = fakeRuntime(clock, 'slow', 1, { failsToCompile: true });
  const other = await auto({ candidates: [broken, fakeRuntime(clock, 'fast', 10)], store }).compile(graph, weights);
  expect(other.choice).toMatchObject({ runtime: 'fast', remembered: false });

  for (const key of texts.keys()) texts.set(key, '[{"runtime": 1}]');
  const unreadable = await auto({ candidates: candidates(), store }).compile(graph, weights);
  expect(unreadable.choice).toMatchObject({ runtime: 'fast', remembered: false });

  const exact = await auto({ candidates: candidates(), store }).compile(graph, weights, { exact: true });
  expect(exact.choice.remembered).toBe(false);
});

it('works where nothing can be kept', async () => {
  const clock = fakeClock();
  const store: ChoiceStore = {
    get: () => Promise.reject(new Error('no access')),
    set: () => Promise.reject(new Error('disk full')),
  };
  const candidates = [fakeRuntime(clock, 'slow', 30), fakeRuntime(clock, 'fast', 10)];
  const { choice } = await auto({ candidates, store }).compile(graph, weights);
  expect(choice.runtime).toBe('fast');
});

it('frees everything when it is aborted while measuring', async () => {
  const clock = fakeClock();
  const first = fakeRuntime(clock, 'first', 5);
  const stuck = fakeRuntime(clock, 'stuck', 1, { hangs: true });
  const controller = new AbortController();
  const compiling = auto({ candidates: [first, stuck], store: null }).compile(graph, weights, {
    signal: controller.signal,
  });
  compiling.catch(() => {});
  await vi.waitUntil(() => stuck.runs() === 1);
  controller.abort(new Error('enough'));
  await expect(compiling).rejects.toThrow('enough');
  expect([first.alive(), stuck.alive()]).toEqual([0, 0]);
});

it('answers whether anything works', async () => {
  const clock = fakeClock();
  const works = fakeRuntime(clock, 'works', 5);
  const absent = fakeRuntime(clock, 'absent', 1, { missing: 'no adapter' });
  expect(await auto({ candidates: [works, absent] }).available()).toEqual({
    available: true,
    detail: 'the fastest of works',
  });
  expect(await auto({ candidates: [absent] }).available()).toMatchObject({
    available: false,
    reason: 'no runtime works here (absent: no adapter)',
  });
});

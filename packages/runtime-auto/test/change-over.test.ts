import { afterEach, expect, it, vi } from 'vitest';
import { auto, type AutoEvent } from '../src/index.ts';
import { fakeClock, fakeRuntime } from './support/fake-runtime.ts';
import { expected, graph, image, weights } from './support/tiny-network.ts';

afterEach(() => vi.restoreAllMocks());

async function threeRuntimes() {
  const clock = fakeClock();
  const [slow, fast, middle] = [
    fakeRuntime(clock, 'slow', 30),
    fakeRuntime(clock, 'fast', 10),
    fakeRuntime(clock, 'middle', 20),
  ];
  const events: AutoEvent[] = [];
  const runtime = auto({ candidates: [slow, fast, middle], store: null, onEvent: (event) => events.push(event) });
  return { slow, fast, middle, events, executable: await runtime.compile(graph, weights) };
}

it('goes on with the next best when a device goes away', async () => {
  const { slow, fast, middle, events, executable } = await threeRuntimes();
  fast.lose();
  const both = await Promise.all([executable.run(image), executable.run(image)]);
  for (const { logits } of both) expect([...(logits?.data ?? [])]).toEqual(expected);
  expect(events.slice(1)).toMatchObject([
    { type: 'fallback', from: 'fast', to: 'middle', error: { code: 'DEVICE_LOST' } },
  ]);
  expect([executable.runtime, executable.choice.runtime]).toEqual(['middle', 'fast']);
  expect([slow, fast, middle].map((one) => one.alive())).toEqual([0, 0, 1]);

  middle.lose();
  await executable.run(image);
  expect(executable.runtime).toBe('slow');
  slow.lose();
  await expect(executable.run(image)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
  await expect(executable.run(image)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
  expect(executable.memory()).toEqual({ tensors: 0, bytes: 0 });
  executable.dispose();
  expect([slow, fast, middle].map((one) => one.alive())).toEqual([0, 0, 0]);
});

it('stays where it is after other errors', async () => {
  const { fast, executable, events } = await threeRuntimes();
  fast.lose('OUT_OF_MEMORY');
  await expect(executable.run(image)).rejects.toMatchObject({ code: 'OUT_OF_MEMORY' });
  expect([executable.runtime, events.length]).toEqual(['fast', 1]);
  executable.dispose();
});

it('frees what takes over after it was disposed', async () => {
  const { slow, fast, middle, executable } = await threeRuntimes();
  fast.lose();
  const running = executable.run(image);
  executable.dispose();
  await expect(running).rejects.toMatchObject({ name: 'BackendError' });
  expect([slow, fast, middle].map((one) => one.alive())).toEqual([0, 0, 0]);
});

import { processorTime } from '@atrous/testing';
import { expect, it } from 'vitest';
import { simd } from '../src/simd.ts';
import { randomTensor, smallNetwork } from '@atrous/testing/small-network';

const { graph, weights } = smallNetwork();
const sizes = [17, 9, 17, 13];
const photos = sizes.map((size) => randomTensor(`photo ${size}`, [1, size, size, 3]));

const ROUNDS = 25;
/** Frames of one size, before the next size has its plan made. */
const IN_A_ROW = 100;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

it.each([1, 2])(
  'takes no more memory and time for 10,000 frames than for the first few, with %i threads',
  async (threads) => {
    using executable = await simd({ threads }).compile(graph, weights);
    const expected = [];
    for (const photo of photos) expected.push(await executable.run(photo));
    const before = executable.memory();
    const handles = process.getActiveResourcesInfo().length;
    const spent: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const start = processorTime();
      for (const [which, photo] of photos.entries())
        for (let frame = 0; frame < IN_A_ROW; frame++) {
          const { labels } = await executable.run(photo);
          if (frame % (IN_A_ROW - 1) === 0) expect(labels).toEqual(expected[which]!.labels);
        }
      spent.push(processorTime() - start);
    }
    expect(executable.memory()).toEqual(before);
    // the first round also warms up
    expect(sum(spent.slice(-5))).toBeLessThan(2 * sum(spent.slice(1, 6)));
    // timers of others come and go
    await expect.poll(() => process.getActiveResourcesInfo().length).toBeLessThanOrEqual(handles);
  },
);

it('holds nothing once it is disposed', async () => {
  const executable = await simd({ threads: 2 }).compile(graph, weights);
  await executable.run(photos[0]!);
  expect(executable.memory().tensors).toBeGreaterThan(0);
  executable.dispose();
  expect(executable.memory()).toEqual({ tensors: 0, bytes: 0 });
});

it.each([1, 2])(
  'gives the same, in the same memory, after runs that are cancelled in their middle: %i threads',
  async (threads) => {
    using executable = await simd({ threads }).compile(graph, weights);
    const expected = await executable.run(photos[0]!);
    const before = executable.memory();
    for (let time = 0; time < 20; time++) {
      const stop = new AbortController();
      const onProgress = () => stop.abort(new Error('enough'));
      await expect(executable.run(photos[0]!, { signal: stop.signal, onProgress })).rejects.toThrow('enough');
      if (time % 5 === 0) expect(await executable.run(photos[0]!)).toEqual(expected);
    }
    expect(await executable.run(photos[0]!)).toEqual(expected);
    expect(executable.memory()).toEqual(before);
  },
);

it('runs two executables at once, and lets go of those that wait when they are cancelled', async () => {
  using one = await simd({ threads: 2 }).compile(graph, weights);
  using other = await simd({ threads: 2 }).compile(graph, weights);
  const expected = await Promise.all(photos.map((photo) => one.run(photo)));
  const [first, second] = await Promise.all(
    [one, other].map((executable) => Promise.all(photos.map((photo) => executable.run(photo)))),
  );
  expect(first).toEqual(expected);
  expect(second).toEqual(expected);
  const stop = new AbortController();
  const running = one.run(photos[0]!);
  const waiting = one.run(photos[1]!, { signal: stop.signal });
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  expect(await running).toEqual(expected[0]);
});

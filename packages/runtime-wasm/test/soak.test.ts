import { expect, it } from 'vitest';
import { simd } from '../src/simd.ts';
import { randomTensor, smallNetwork } from '@atrous/testing/small-network';

const { graph, weights } = smallNetwork();
const sizes = [17, 9, 17, 13];
const photos = sizes.map((size) => randomTensor(`photo ${size}`, [1, size, size, 3]));

it.each([1, 2])('takes no more memory for 10,000 frames than for the first few, with %i threads', async (threads) => {
  using executable = await simd({ threads }).compile(graph, weights);
  const expected = [];
  for (const photo of photos) expected.push(await executable.run(photo));
  const before = executable.memory();
  const handles = process.getActiveResourcesInfo().length;
  for (let frame = 0; frame < 10_000; frame++) {
    // sizes change now and then, each time with a new plan
    const which = Math.floor(frame / 100) % photos.length;
    const { labels } = await executable.run(photos[which]!);
    if (frame % 97 === 0) expect(labels).toEqual(expected[which]!.labels);
  }
  expect(executable.memory()).toEqual(before);
  // timers of others come and go
  await expect.poll(() => process.getActiveResourcesInfo().length).toBeLessThanOrEqual(handles);
});

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

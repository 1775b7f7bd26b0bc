import { ShapeError } from '@atrous/core';
import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { simd } from '../src/simd.ts';
import { randomTensor, smallNetwork } from '@atrous/testing/small-network';

const { graph, weights } = smallNetwork();
const photo = randomTensor('photo', [1, 37, 41, 3]);

/** What becomes of the threads that are started from now on. */
function recordThreads() {
  const [started, ended]: [Worker[], Worker[]] = [[], []];
  class Recorded extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      started.push(this);
      this.on('exit', () => ended.push(this));
    }
  }
  const threads = process.getBuiltinModule('node:worker_threads');
  threads.Worker = Recorded;
  onTestFinished(() => void (threads.Worker = Worker));
  return { started, ended };
}

it.each([2, 3, 7])('gives with %i threads what one thread gives', async (threads) => {
  using alone = await simd({ threads: 1 }).compile(graph, weights);
  using together = await simd({ threads }).compile(graph, weights);
  const expected = await alone.run(photo);
  for (let time = 0; time < 3; time++) expect(await together.run(photo)).toEqual(expected);
});

it('says so when a thread ends in the middle', async () => {
  const { started } = recordThreads();
  using executable = await simd({ threads: 2 }).compile(graph, weights);
  const onProgress = () => void started[1]?.terminate();
  const failure = { code: 'DEVICE_LOST', message: 'a thread of the runtime failed: it has ended' };
  await expect(executable.run(photo, { onProgress })).rejects.toMatchObject(failure);
  await expect(executable.run(photo)).rejects.toMatchObject(failure);
});

it('ends its threads with the executable, and when compiling is aborted', async () => {
  const { started, ended } = recordThreads();
  const executable = await simd({ threads: 2 }).compile(graph, weights);
  executable.dispose();
  await expect.poll(() => ended).toHaveLength(2);
  const controller = new AbortController();
  const onProgress = ({ completed, total }: { completed: number; total?: number | undefined }) =>
    void (completed === total && controller.abort(new Error('enough')));
  const options = { signal: controller.signal, onProgress };
  await expect(simd({ threads: 2 }).compile(graph, weights, options)).rejects.toThrow('enough');
  await expect.poll(() => ended).toHaveLength(started.length);
});

it('refuses a run whose executable is disposed meanwhile', async () => {
  const executable = await simd({ threads: 2 }).compile(graph, weights);
  const onProgress = () => executable.dispose();
  await expect(executable.run(photo, { onProgress })).rejects.toMatchObject({ code: 'DISPOSED' });
});

it.each([0, 1.5, 17, NaN])('refuses %d threads', (threads) => {
  expect(() => simd({ threads })).toThrow(ShapeError);
});

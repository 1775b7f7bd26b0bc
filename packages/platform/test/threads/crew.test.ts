import { aloneWith, createArena, kernelModule, startCrew, type Crew } from '@atrous/platform/threads';
import { Worker } from 'node:worker_threads';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import binary from '../assembly/index.ts?assemblyscript-shared';

/** `test/assembly`. */
interface Kernels {
  add(at: number, value: number): void;
  spin(): void;
  fail(): void;
}

const OWNER = { name: 'the test', hint: 'use one thread' };
const failure = (reason: string) => ({
  ...{ name: 'BackendError', code: 'DEVICE_LOST', hint: OWNER.hint },
  message: expect.stringContaining(`a thread of the test failed: ${reason}`) as string,
});

let started: Worker[];
let ended: Worker[];

beforeEach(() => {
  const [begun, over]: [Worker[], Worker[]] = [[], []];
  [started, ended] = [begun, over];
  const threads = process.getBuiltinModule('node:worker_threads');
  threads.Worker = class extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      begun.push(this);
      this.on('exit', () => over.push(this));
    }
  };
  onTestFinished(() => void (threads.Worker = Worker));
});

async function crewOf(parts: number) {
  const arena = createArena(true, OWNER);
  const crew: Crew<Kernels> = await startCrew({
    parts,
    module: await kernelModule('', binary).compile(true),
    arena,
    owner: OWNER,
  });
  onTestFinished(() => crew.dispose());
  const sums = arena.allocate(8);
  return { crew, arena, sums };
}

it.each([2, 5])('runs phases in %i threads, in the memory that they share', async (parts) => {
  const { crew, arena, sums } = await crewOf(parts);
  const everyone = (at: number, value: number) => Array.from({ length: parts }, () => [['add', at, value]] as const);
  for (let time = 0; time < 100; time++) await crew.run([everyone(sums, 1), [], everyone(sums + 4, 2)]);
  expect([...arena.ints(sums, 2)]).toEqual([100 * parts, 200 * parts]);
  expect([crew.parts, crew.hasEnded(), started.length]).toEqual([parts, false, parts]);
});

it('is an error when a thread ends, not a hang, then and from then on', async () => {
  const { crew, sums } = await crewOf(3);
  const run = crew.run([[[['spin']], [['add', sums, 1]], [['add', sums, 1]]]]);
  await started[0]?.terminate();
  await expect(run).rejects.toMatchObject(failure('it has ended'));
  await expect(crew.run([])).rejects.toMatchObject(failure('it has ended'));
  expect(crew.hasEnded()).toBe(true);
  await expect.poll(() => ended).toHaveLength(3);
});

it('is an error when a kernel traps, and ends the others, which would wait for it', async () => {
  const { crew, sums } = await crewOf(2);
  await expect(crew.run([[[['fail']], [['add', sums, 1]]]])).rejects.toMatchObject(failure('RuntimeError'));
  await expect.poll(() => ended).toHaveLength(2);
});

it('rejects the run that is going on when it is disposed', async () => {
  const { crew } = await crewOf(2);
  const run = crew.run([[[['spin']]]]);
  crew.dispose();
  await expect(run).rejects.toMatchObject(failure('it has ended'));
  await expect.poll(() => ended).toHaveLength(2);
});

it('is an error when threads cannot be started', async () => {
  process.getBuiltinModule('node:worker_threads').Worker = class {
    constructor() {
      throw new Error('no more of them');
    }
  } as unknown as typeof Worker;
  await expect(crewOf(2)).rejects.toMatchObject(failure('no more of them'));
});

it('is the thread that asks where there is one', async () => {
  const sums: number[] = [];
  const kernels = { push: (value: number) => void sums.push(value) };
  await aloneWith(kernels).run([
    [
      [
        ['push', 1],
        ['push', 2],
      ],
    ],
    [[['push', 3]]],
  ]);
  expect(sums).toEqual([1, 2, 3]);
});

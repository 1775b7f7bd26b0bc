import { cpu } from '@atrous/runtime-tfjs/cpu';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { memory } from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { tinyRun } from './support/tiny-run.ts';

const curve = async (runtime: ReturnType<typeof cpu>, steps: number): Promise<number[]> => {
  const losses: number[] = [];
  await tinyRun(runtime, { steps, evaluate: undefined, onStep: ({ loss }) => losses.push(loss) });
  return losses;
};

it.each([cpu(), wasm()])('learns eight images by heart on $name', async (runtime) => {
  const { evaluation } = await tinyRun(runtime);
  expect(evaluation?.meanIou).toBeGreaterThan(0.95);
});

it('has the same losses on cpu and wasm', async () => {
  const [first, second] = [await curve(cpu(), 8), await curve(wasm(), 8)];
  for (const [i, loss] of first.entries()) expect(second[i]).toBeCloseTo(loss, 3);
});

it('leaves nothing on the device', async () => {
  await tinyRun(wasm(), { steps: 1 });
  const before = memory();
  for (const options of [{}, { clipNorm: 0.01, accumulate: 2, averageDecay: 0.9 }])
    await tinyRun(wasm(), { steps: 6, ...options });
  expect(memory().numTensors).toBe(before.numTensors);
  expect(memory().numBytes).toBe(before.numBytes);
});

import { wasm } from '@atrous/runtime-tfjs/wasm';
import { memory } from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { tinyRun } from './support/tiny-run.ts';

it('leaves nothing on the device', async () => {
  await tinyRun(wasm(), { steps: 1 });
  const before = memory();
  for (const options of [{}, { clipNorm: 0.01, accumulate: 2, averageDecay: 0.9 }])
    await tinyRun(wasm(), { steps: 6, ...options });
  expect(memory().numTensors).toBe(before.numTensors);
  expect(memory().numBytes).toBe(before.numBytes);
});

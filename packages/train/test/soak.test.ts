import { wasm } from '@atrous/runtime-tfjs/wasm';
import { memory } from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { tinyRun } from './support/tiny-run.ts';

/** Long enough for anything that is lost at each step to show. */
const STEPS = 500;

it('holds as much after 500 steps as after the first ones', { timeout: 300_000 }, async () => {
  const held: { readonly tensors: number; readonly bytes: number }[] = [];
  await tinyRun(wasm(), {
    steps: STEPS,
    averageDecay: 0.99,
    clipNorm: 1,
    evaluate: undefined,
    onStep: () => {
      const { numTensors: tensors, numBytes: bytes } = memory();
      held.push({ tensors, bytes });
    },
  });
  expect(held.length).toBe(STEPS);
  expect(new Set(held.map(({ tensors }) => tensors)).size).toBe(1);
  expect(new Set(held.map(({ bytes }) => bytes)).size).toBe(1);
});

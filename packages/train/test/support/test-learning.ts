import { cpu } from '@atrous/runtime-tfjs/cpu';
import type { TfjsRuntime } from '@atrous/runtime-tfjs';
import { describe, expect, it } from 'vitest';
import { tinyRun } from './tiny-run.ts';

async function curve(runtime: TfjsRuntime, steps: number): Promise<number[]> {
  const losses: number[] = [];
  await tinyRun(runtime, { steps, evaluate: undefined, onStep: ({ loss }) => losses.push(loss) });
  return losses;
}

async function onEach(runtime: TfjsRuntime, test: () => void): Promise<void> {
  const here = await runtime.available();
  if (!here.available) console.warn(`skipped: training on ${runtime.name}, ${here.reason}`);
  describe.skipIf(!here.available)(`training on ${runtime.name}`, test);
}

/** The same seed gives the same losses on every backend. */
export const testLosses = (runtime: TfjsRuntime): Promise<void> =>
  onEach(runtime, () => {
    it('has the losses of plain JavaScript', { timeout: 300_000 }, async () => {
      const expected = await curve(cpu(), 6);
      for (const [i, loss] of (await curve(runtime, 6)).entries())
        expect(Math.abs(loss / expected[i]! - 1)).toBeLessThan(1e-3);
    });
  });

/** A network can learn a few images by heart on every backend. */
export const testLearning = (runtime: TfjsRuntime): Promise<void> =>
  onEach(runtime, () => {
    it('learns eight images by heart', { timeout: 300_000 }, async () => {
      const { evaluation } = await tinyRun(runtime);
      expect(evaluation?.meanIou).toBeGreaterThan(0.95);
    });
  });

import { referenceRuntime } from '@atrous/runtime-reference';
import type { Tensor } from '@atrous/core';
import { describe, expect, it } from 'vitest';
import { cpu } from '../../src/cpu.ts';
import { wasm } from '../../src/wasm.ts';
import { dot, gradientsOf, slopeAlong } from './finite-differences.ts';
import { probes } from './probes.ts';

/** Small enough to stay on one side of most bends, large enough for float32. */
const STEP = 5e-4;

describe.each([wasm(), cpu()])('gradients on $name agree with differences', (runtime) => {
  it.each(probes)('$name', async (probe) => {
    const gradients = await gradientsOf(runtime, probe);
    for (const [name, gradient] of gradients) {
      if (name.includes('moving')) continue;
      const { slope, direction } = await slopeAlong(referenceRuntime(), probe, name, STEP);
      const size = Math.sqrt(dot(gradient, gradient));
      expect(gradient.shape, name).toEqual(
        (name === 'image' ? probe.image : (probe.weights.get(name) as Tensor)).shape,
      );
      expect(Math.abs(dot(gradient, direction) - slope), name).toBeLessThan(5e-3 * Math.max(1, size));
    }
  });
});

import { referenceRuntime } from '@atrous/runtime-reference';
import type { Tensor } from '@atrous/core';
import { describe, expect, it } from 'vitest';
import { cpu } from '../../src/cpu.ts';
import type { TfjsRuntime } from '../../src/index.ts';
import { wasm } from '../../src/wasm.ts';
import { webgpu } from '../../src/webgpu.ts';
import { dot, gradientsOf, slopeAlong } from './finite-differences.ts';
import { probes, type Probe } from './probes.ts';
import { randomWindows } from './random-windows.ts';

/** Small enough to stay on one side of most bends, large enough for float32. */
const STEP = 5e-4;

const here = await webgpu().available();
const runtimes: readonly TfjsRuntime[] = [wasm(), cpu(), ...(here.available ? [webgpu()] : [])];

/** Compares the slopes along a direction of every operand, as gradients and as differences have them. */
async function expectSlopes(runtime: TfjsRuntime, probe: Probe, step: number, tolerance: number): Promise<void> {
  for (const [name, gradient] of await gradientsOf(runtime, probe)) {
    if (name.includes('moving')) continue;
    const { slope, direction } = await slopeAlong(referenceRuntime(), probe, name, step);
    expect(gradient.shape, name).toEqual((name === 'image' ? probe.image : (probe.weights.get(name) as Tensor)).shape);
    const size = Math.sqrt(dot(gradient, gradient));
    expect(Math.abs(dot(gradient, direction) - slope), name).toBeLessThan(tolerance * Math.max(1, size));
  }
}

describe.each(runtimes)('gradients on $name agree with differences', (runtime) => {
  it.each(probes)('$name', (probe) => expectSlopes(runtime, probe, STEP, 5e-3));

  it.each(randomWindows(30))('$name', (probe) => expectSlopes(runtime, probe, 1, 1e-5));
});

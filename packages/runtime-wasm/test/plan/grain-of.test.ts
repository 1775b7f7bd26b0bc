import { expect, it } from 'vitest';
import { grainOf } from '../../src/plan/grain-of.ts';
import type { KernelStep } from '../../src/plan/plan-builder.ts';

const step = (cost: Pick<KernelStep, 'items' | 'unit' | 'work'>): KernelStep => ({
  ...{ kernel: 'pointwise', fields: {} },
  ...cost,
});

it('has threads take a large step in several turns, all as often', () => {
  expect(grainOf(step({ items: 600, unit: 1, work: 1e9 }), 2)).toBe(100);
  expect(grainOf(step({ items: 601, unit: 4, work: 1e9 }), 2)).toBe(100);
  expect(grainOf(step({ items: 90, unit: 1, work: 1.7e7 }), 2)).toBe(45);
});

it('gives each its share of a small step at once', () => {
  expect(grainOf(step({ items: 10, unit: 1, work: 1e4 }), 2)).toBe(5);
  expect(grainOf(step({ items: 1, unit: 1, work: 1e4 }), 4)).toBe(1);
});

it('never splits what has to stay together', () => {
  expect(grainOf(step({ items: 81, unit: 40, work: 1e9 }), 2)).toBe(40);
  expect(grainOf(step({ items: 20, unit: 32, work: 1e9 }), 2)).toBe(32);
});

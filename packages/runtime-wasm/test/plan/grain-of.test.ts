import { expect, it } from 'vitest';
import { grainOf } from '../../src/plan/grain-of.ts';
import type { KernelStep } from '../../src/plan/plan-builder.ts';

const step = (cost: Pick<KernelStep, 'items' | 'unit' | 'least' | 'work'>): KernelStep => ({
  ...{ kernel: 'pointwise', fields: {} },
  ...cost,
});

it('has threads take a large step in several turns', () => {
  expect(grainOf(step({ items: 800, unit: 1, least: 1, work: 1e9 }), 2)).toBe(100);
  expect(grainOf(step({ items: 801, unit: 4, least: 1, work: 1e9 }), 2)).toBe(104);
});

it('gives each its share of a small step at once', () => {
  expect(grainOf(step({ items: 10, unit: 1, least: 1, work: 1e4 }), 2)).toBe(5);
  expect(grainOf(step({ items: 1, unit: 1, least: 1, work: 1e4 }), 4)).toBe(1);
});

it('does not take fewer than pay, nor more than a share', () => {
  expect(grainOf(step({ items: 80, unit: 4, least: 32, work: 1e9 }), 2)).toBe(32);
  expect(grainOf(step({ items: 40, unit: 4, least: 32, work: 1e9 }), 2)).toBe(20);
});

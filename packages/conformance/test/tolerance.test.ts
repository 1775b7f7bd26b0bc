import type { Tensor } from '@atrous/core';
import { expect, it } from 'vitest';
import { expectWithin, parseGradientTolerance, parseTolerance } from '../src/goldens/tolerance.ts';

const vector = (...values: readonly number[]): Tensor => ({ shape: [values.length], data: Float32Array.from(values) });

it.each([
  ['abs 2e-5 * max(1, max|y|) for y and gx; gw abs 1e-4 * max(1, max|gw|)', undefined, 2e-5, 'tensor'],
  ['abs 3e-5 (|x|<=1; float32 source coordinates); gx abs 3e-5*max(1,max|gx|)', undefined, 3e-5, 'nothing'],
  ['abs 2e-6*max(1,|y|)', undefined, 2e-6, 'element'],
  ['abs 2e-5*max(1,max|.|)', undefined, 2e-5, 'tensor'],
  ['max: exact (0) forward, gradients exact; avg: abs 1e-6', 'max', 0, 'nothing'],
  ['max: exact (0) forward, gradients exact; avg: abs 1e-6', 'avg', 1e-6, 'nothing'],
  ['abs 1e-5; gradients abs 2e-5', undefined, 1e-5, 'nothing'],
  ['exact', undefined, 0, 'nothing'],
] as const)('reads "%s" (%s)', (line, part, absolute, scaledBy) => {
  expect(parseTolerance(line, part)).toEqual({ absolute, scaledBy });
});

it.each([
  ['abs 2e-5 * max(1, max|y|) for y and gx; gw abs 1e-4 * max(1, max|gw|)', 'gx', undefined, 2e-5, 'tensor'],
  ['abs 2e-5 * max(1, max|y|) for y and gx; gw abs 1e-4 * max(1, max|gw|)', 'gw', undefined, 1e-4, 'tensor'],
  ['abs 2e-5 * max(1, max|y|); filter gradients abs 1e-4 * max(1, max|g|)', 'gwp', undefined, 1e-4, 'tensor'],
  ['abs 3e-5 (|x|<=1; float32 coordinates); gx abs 3e-5*max(1,max|gx|)', 'gx', undefined, 3e-5, 'tensor'],
  ['abs 1e-5; gradients abs 2e-5', 'gw', undefined, 2e-5, 'nothing'],
  ['max: exact (0) forward, gradients exact; avg: abs 1e-6', 'gx', 'max', 0, 'nothing'],
] as const)('reads "%s" for %s (%s)', (line, gradient, part, absolute, scaledBy) => {
  expect(parseGradientTolerance(line, gradient, part)).toEqual({ absolute, scaledBy });
});

it('does not guess', () => {
  expect(() => parseTolerance('rel 1e-5')).toThrow('not understood');
  expect(() => parseTolerance('avg: abs 1e-6', 'max')).toThrow('not understood');
});

it('scales by the tensor or by the element', () => {
  const expected = vector(1, 100);
  const actual = vector(1.5, 100);
  expect(expectWithin(actual, expected, { absolute: 0.01, scaledBy: 'tensor' })).toContain('off by 5.00e-1');
  expect(() => expectWithin(actual, expected, { absolute: 0.01, scaledBy: 'element' })).toThrow(
    '1.5 instead of 1 at 0',
  );
});

it('lets neither NaN nor another shape pass', () => {
  const anything = { absolute: 1e9, scaledBy: 'nothing' } as const;
  expect(() => expectWithin(vector(NaN), vector(0), anything)).toThrow('off by Infinity');
  expect(() => expectWithin(vector(0, 0), vector(0), anything)).toThrow('the shape is [2] instead of [1]');
});

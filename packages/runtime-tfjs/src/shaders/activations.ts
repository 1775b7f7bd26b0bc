import type { Activation } from '@atrous/core';
import type { TrainingKernels } from '../training/training-kernels.ts';
import { mapPixels } from './pixelwise.ts';
import type { RunShader } from './shader.ts';

/** 1 where `low < x`, else 0. */
const above = (x: string, low: string): string => `(1.0 - step(${x}, ${low}))`;
/** 1 where `x < high`, else 0. */
const below = (x: string, high: string): string => `(1.0 - step(${high}, ${x}))`;

/** Slopes at the function's output, or at its input for the last two, by the name `at`. */
const SLOPES: Readonly<Record<Exclude<Activation, 'linear'>, (at: string) => string>> = {
  relu: (y) => above(y, '0.0'),
  relu6: (y) => `${above(y, '0.0')} * ${below(y, '6.0')}`,
  leakyRelu: (y) => `mix(0.1, 1.0, ${above(y, '0.0')})`,
  hardSigmoid: (y) => `${above(y, '0.0')} * ${below(y, '1.0')} / 6.0`,
  sigmoid: (y) => `${y} * (1.0 - ${y})`,
  hardSwish: (x) => `(clamp(${x} + 3.0, 0.0, 6.0) + ${x} * ${above(x, '-3.0')} * ${below(x, '3.0')}) / 6.0`,
  silu: (x) => `(1.0 + ${x} / (1.0 + exp(${x}))) / (1.0 + exp(-${x}))`,
};

/** Activations that batch normalisations end with, and how they are computed. */
const BOUNDED: Readonly<Partial<Record<Activation, (y: string) => string>>> = {
  relu: (y) => `max(${y}, 0.0)`,
  relu6: (y) => `clamp(${y}, 0.0, 6.0)`,
};

export const boundedActivations = new Set(Object.keys(BOUNDED) as Activation[]);

/** A normalised value `y` after the activation that follows, if one does. */
export const activated = (y: string, fn: Activation | undefined): string => (fn && BOUNDED[fn]?.(y)) ?? y;

/** Gradient of a normalised value `y`, of that of its activation. */
export const slopeOf = (y: string, fn: Activation | undefined): string =>
  fn === undefined || fn === 'linear' ? '1.0' : SLOPES[fn](y);

export const activationGradient =
  (run: RunShader): TrainingKernels['activationGradient'] =>
  (fn, at, dy) =>
    mapPixels(run, `${fn}Gradient`, { maps: { y: at, dy } }, `dy * ${SLOPES[fn]('y')}`);

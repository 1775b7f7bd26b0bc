import type { Activation } from '@atrous/core';

type Bounds = readonly [low: number, high: number];

const UNBOUNDED: Bounds = [-Infinity, Infinity];

/** Activations that leave what lies between two numbers as it is, and bring everything else to the nearer one. */
const BOUNDS: ReadonlyMap<Activation, Bounds> = new Map([
  ['relu', [0, Infinity]],
  ['relu6', [0, 6]],
] as const);

/** Those that a batch normalisation takes along. */
export const boundedActivations: ReadonlySet<Activation> = new Set(BOUNDS.keys());

/** What bounds the result of a batch normalisation, with or without one of them. */
export const boundsOf = (activation: Activation | undefined): Bounds =>
  (activation && BOUNDS.get(activation)) ?? UNBOUNDED;

import { ShapeError } from '@atrous/core';
import type { Compatibility } from '../compatibility.ts';
import type { CrfProblem } from '../engine.ts';

function checkCompatibility(compatibility: Compatibility, labels: number): void {
  const [what, numbers, expected] =
    typeof compatibility === 'number'
      ? ['weight', [compatibility], 1]
      : 'perLabel' in compatibility
        ? ['list of weights per label', compatibility.perLabel, labels]
        : ['compatibility matrix', compatibility.matrix, labels * labels];
  if (numbers.length !== expected)
    throw new ShapeError(`a ${what} of ${numbers.length} numbers; ${labels} labels need ${expected}`);
  if (![...numbers].every(Number.isFinite)) throw new ShapeError(`a ${what} has a number that is not finite`);
}

function checkShare(name: string, share: number | undefined): void {
  if (share !== undefined && !(share >= 0 && share <= 1)) throw new ShapeError(`${name} is ${share}; expected 0 … 1`);
}

/** @throws ShapeError for weights of another number of labels, and numbers outside their ranges. */
export function checkProblem({
  labels,
  compatibilities,
  iterations,
  tolerance,
  stopBelow,
}: Omit<CrfProblem, 'unary'>): void {
  if (!Number.isInteger(iterations) || iterations < 0)
    throw new ShapeError(`${iterations} iterations; expected a whole number of at least 0`);
  checkShare('tolerance', tolerance);
  checkShare('stopBelow', stopBelow);
  for (const compatibility of compatibilities) checkCompatibility(compatibility, labels);
}

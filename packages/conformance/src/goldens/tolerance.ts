import type { Tensor } from '@atrous/core';
import { largestDifference, largestMagnitude } from '@atrous/testing/golden';

/** Largest allowed error: `absolute`, times `max(1, |expected|)` of the whole tensor or of each element. */
export interface Tolerance {
  readonly absolute: number;
  readonly scaledBy: 'nothing' | 'tensor' | 'element';
}

const RULE = /^\s*(?:(exact)|abs\s+([\d.]+(?:e-?\d+)?)\s*(?:\*\s*max\(1,\s*(max)?)?(\|)?)/;

/**
 * Reads the forward tolerance from a family's `tolerance` line: `exact`, `abs 1e-5`, `abs 2e-5 * max(1, max|y|) …`, `abs 2e-6*max(1,|y|)`.
 *
 * @param part reads the rule after `part:` in a line that has several.
 * @throws Error when the line says something else.
 */
export function parseTolerance(line: string, part?: string): Tolerance {
  const rule = part === undefined ? line : line.split(`${part}:`)[1];
  const match = RULE.exec(rule ?? '');
  if (match === null) throw new Error(`the tolerance "${line}" is not understood`);
  const [, exact, absolute, wholeTensor, elementwise] = match;
  if (exact !== undefined) return { absolute: 0, scaledBy: 'nothing' };
  return {
    absolute: Number(absolute),
    scaledBy: wholeTensor !== undefined ? 'tensor' : elementwise !== undefined ? 'element' : 'nothing',
  };
}

const FILTERS: ReadonlySet<string> = new Set(['gw', 'gwd', 'gwp']);

/**
 * Reads the tolerance of a gradient: its own rule after a semicolon (`gx abs …`, `filter gradients abs …`, `gradients abs …`), or else the
 * forward rule.
 *
 * @param gradient its name in the file: `gx`, `gw`, …
 * @throws Error when the line says something else.
 */
export function parseGradientTolerance(line: string, gradient: string, part?: string): Tolerance {
  const titles = [gradient, ...(FILTERS.has(gradient) ? ['filter gradients'] : []), 'gradients'];
  const rules = line.split(';').map((rule) => rule.trim());
  for (const title of titles) {
    const found = rules.find((rule) => rule.startsWith(`${title} abs`));
    if (found !== undefined) return parseTolerance(found.slice(title.length));
  }
  return parseTolerance(line, part);
}

function scaled(tensor: Tensor, expected: Tensor): Tensor {
  const data = Float32Array.from(tensor.data, (value, i) => value / Math.max(1, Math.abs(expected.data[i] as number)));
  return { shape: tensor.shape, data };
}

/**
 * Compares a result with its golden.
 *
 * @returns how close they are, for people.
 * @throws Error that names the worst element when they differ by more than the tolerance, or when the shapes differ.
 */
export function expectWithin(actual: Tensor, expected: Tensor, { absolute, scaledBy }: Tolerance): string {
  if (actual.shape.join() !== expected.shape.join())
    throw new Error(`the shape is [${actual.shape.join(', ')}] instead of [${expected.shape.join(', ')}]`);
  const { value, index } =
    scaledBy === 'element'
      ? largestDifference(scaled(actual, expected).data, scaled(expected, expected).data)
      : largestDifference(actual.data, expected.data);
  const allowed = scaledBy === 'tensor' ? absolute * Math.max(1, largestMagnitude(expected.data)) : absolute;
  if (!(value <= allowed))
    throw new Error(
      `off by ${value.toExponential(2)} (allowed ${allowed.toExponential(2)}): ${actual.data[index]} instead of ${expected.data[index]} at ${index}`,
    );
  return `off by ${value.toExponential(2)} of ${allowed.toExponential(2)}`;
}

import type { Network, Tensor } from '@atrous/core';
import { runGraph } from '@atrous/runtime-reference';
import { largestDifference, largestMagnitude, randomNetwork, type RandomNetworkOptions } from '@atrous/testing';
import { describe, expect, it } from 'vitest';

/** What a pass is held to by {@link checkPass}. */
export interface PassCheck {
  /** The pass as a function of a network. */
  readonly pass: (network: Network) => Network;
  /** Of how many random graphs at least it must change some; fewer would not be worth a test. */
  readonly changes: number;
  /** Largest error in parts of the largest value. Default 1e-6, the rounding of results to float32. */
  readonly tolerance?: number;
  /** Default: of fixed and of open size. */
  readonly on?: readonly (keyof typeof KINDS)[];
}

/** Kinds of random graphs: those whose heights and widths are known, those that leave them open, and those whose layers can be retargeted. */
const KINDS = {
  'of fixed size': {},
  'of open size': { open: true },
  'with an output stride': { outputStride: 1 },
} as const satisfies Record<string, RandomNetworkOptions>;

const SEEDS = 100;

function expectEqual(actual: Tensor, expected: Tensor, tolerance: number, what: string): void {
  expect(actual.shape, what).toEqual(expected.shape);
  expect(actual.data.constructor, what).toBe(expected.data.constructor);
  const allowed = expected.data instanceof Int32Array ? 0 : tolerance * Math.max(1, largestMagnitude(expected.data));
  expect(largestDifference(actual.data, expected.data).value, what).toBeLessThanOrEqual(allowed);
}

/** The property that makes a pass one: random graphs compute the same before and after. */
export function checkPass(
  name: string,
  { pass, changes, tolerance = 1e-6, on = ['of fixed size', 'of open size'] }: PassCheck,
): void {
  describe(name, () => {
    it.each(on)(
      'computes the same on random graphs %s',
      async (kind) => {
        let changed = 0;
        for (let seed = 0; seed < SEEDS; seed++) {
          const { graph, weights, image } = randomNetwork(seed, KINDS[kind]);
          const after = pass({ graph, weights });
          if (JSON.stringify(after.graph.nodes) === JSON.stringify(graph.nodes)) continue;
          changed++;
          const expected = await runGraph(graph, weights, image);
          const actual = await runGraph(after.graph, after.weights, image);
          expect(Object.keys(actual)).toEqual(Object.keys(expected));
          for (const [output, value] of Object.entries(expected))
            expectEqual(actual[output] as Tensor, value, tolerance, `seed ${seed}, output "${output}"`);
        }
        expect(changed).toBeGreaterThanOrEqual(changes);
      },
      120_000,
    );
  });
}

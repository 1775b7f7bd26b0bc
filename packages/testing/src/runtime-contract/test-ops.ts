import { optimizeForInference, type Network, type OpKind, type Runtime, type Tensor } from '@atrous/core';
import { describe, expect, it } from 'vitest';
import { largestDifference, largestMagnitude } from '../compare.ts';
import { convolutionCases } from './convolution-cases.ts';
import { layoutCases } from './layout-cases.ts';
import { fusedCases } from './fused-cases.ts';
import { graphOf, imageOf, weightsOf, type OpCase } from './op-case.ts';
import type { RuntimeContract } from './runtime-contract.ts';
import { pointwiseCases } from './pointwise-cases.ts';
import { poolingCases } from './pooling-cases.ts';
import { resizeCases } from './resize-cases.ts';

const CASES: readonly OpCase[] = [
  ...convolutionCases,
  ...poolingCases,
  ...resizeCases,
  ...pointwiseCases,
  ...layoutCases,
  ...fusedCases,
];

async function compute(runtime: Runtime, opCase: OpCase, network: Network, exact: boolean): Promise<Tensor> {
  const executable = await runtime.compile(network.graph, network.weights, { ops: opCase.ops, exact });
  try {
    return (await executable.run(imageOf(opCase))).y as Tensor;
  } finally {
    executable.dispose();
  }
}

/** Fails unless every value is within `tolerance · max(1, largest magnitude)` of the expected one. */
export function expectClose(actual: Tensor, expected: Tensor, tolerance: number): void {
  expect(actual.shape).toEqual(expected.shape);
  expect(actual.data.constructor).toBe(expected.data.constructor);
  const { value, index } = largestDifference(actual.data, expected.data);
  const allowed = tolerance * Math.max(1, largestMagnitude(expected.data));
  expect(value, `at ${index}: ${actual.data[index]} instead of ${expected.data[index]}`).toBeLessThanOrEqual(allowed);
}

/** Compares every op, and every way of calling it, with the reference runtime. */
export function testOps(runtime: Runtime, { reference, tolerance, ops, skip = {} }: RuntimeContract): void {
  const wanted = (op: OpKind): boolean => ops === undefined || ops.includes(op);
  describe('computes what the reference does:', () => {
    for (const opCase of CASES.filter(({ op }) => wanted(op))) {
      const reason = skip[opCase.title] ?? skip[opCase.op];
      if (reason !== undefined) it.skip(`${opCase.title} (${reason})`);
      else
        it(opCase.title, async () => {
          const graph = graphOf(opCase);
          const network = { graph, weights: weightsOf(graph) };
          const optimized = optimizeForInference(network, { ops: opCase.ops });
          const expected = await compute(reference, opCase, network, true);
          const allowed = opCase.op === 'argMax' || opCase.op === 'resizeArgMax' ? 0 : tolerance;
          expectClose(await compute(runtime, opCase, network, false), expected, allowed);
          expectClose(await compute(runtime, opCase, network, true), expected, allowed);
          expectClose(await compute(runtime, opCase, optimized, true), expected, allowed);
        });
    }
  });
}

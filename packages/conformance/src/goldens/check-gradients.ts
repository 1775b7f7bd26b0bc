import type { Runtime } from '@atrous/core';
import type { Skipped } from './golden-result.ts';
import { probeGraph, type OpProbe, type OpTensors } from './op-family.ts';
import { expectWithin, parseGradientTolerance } from './tolerance.ts';
import { isTrainable, runTrainingPass } from './training-pass.ts';

/**
 * Follows a case's `gy` back through its one-op network and compares every gradient that the case has.
 *
 * @param tolerance the family's line.
 * @returns how close they are, for people.
 * @throws Error when one differs by more than the tolerance.
 */
export async function checkGradients(
  runtime: Runtime,
  probe: OpProbe,
  tensors: OpTensors,
  tolerance: string,
): Promise<string | Skipped> {
  if (!isTrainable(runtime)) return { skip: `the runtime "${runtime.name}" does not train` };
  const { gradients } = await runTrainingPass(runtime, {
    graph: probeGraph(probe),
    weights: new Map(Object.entries(probe.weights ?? {})),
    image: probe.input,
    outputGradient: probe.outputGradient ?? tensors.get('gy'),
  });
  const checks = Object.entries({ gx: 'image', ...probe.gradients })
    .filter(([golden]) => tensors.has(golden))
    .map(([golden, name]) => {
      const actual = gradients.get(name);
      if (actual === undefined) throw new Error(`there is no gradient of "${name}"`);
      const expected = tensors.get(golden);
      const allowed = parseGradientTolerance(tolerance, golden, probe.tolerancePart);
      return `${golden} ${expectWithin({ ...actual, shape: expected.shape }, expected, allowed)}`;
    });
  return checks.join(', ');
}

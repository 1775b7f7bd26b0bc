import type { TrainableNetwork } from '@atrous/runtime-tfjs';
import { add, mul, tensor3d, tensor4d, tidy, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { lossWithGradients, type ResolvedTerm } from '../losses/loss-terms.ts';
import type { Batch } from './batch-source.ts';
import { moveAll, type MovingNode } from './moving-statistics.ts';
import { disposeAll } from './tensors.ts';

/** What stays the same from step to step. */
export interface GradientPlan {
  readonly network: TrainableNetwork;
  /** Name of the network's input. */
  readonly input: string;
  readonly terms: readonly ResolvedTerm[];
  readonly trainable: ReadonlySet<string>;
  readonly moving: readonly MovingNode[];
  readonly divisor: 'n-1' | 'n';
  readonly keep: ReadonlySet<string> | undefined;
  readonly seed: number;
}

/** What batches say about a network. Tensors belong to whoever asked. */
export interface BatchGradients {
  readonly loss: Scalar;
  readonly gradients: Map<string, Tensor>;
  /** Statistics of batch normalisations after these batches, by parameter name. */
  readonly moved: Map<string, Tensor>;
}

/** Shapes of batches are checked before. */
const shapeOf = <Shape extends readonly number[]>(shape: readonly number[]): Shape => shape as unknown as Shape;

function ofOneBatch(
  { network, input, terms, trainable, moving, divisor, keep, seed }: GradientPlan,
  { images, labels }: Batch,
  index: number,
  moved: Map<string, Tensor>,
): { readonly loss: Scalar; readonly gradients: Record<string, Tensor> } {
  return tidy(() => {
    const x = tensor4d(images.data, shapeOf(images.shape), 'float32');
    const truth = tensor3d(labels.data, shapeOf(labels.shape), 'int32');
    const pass = network.forward(
      { [input]: x },
      {
        trainable,
        keep,
        batchStatistics: new Set(moving.map(({ name }) => name)),
        dropoutKeys: [seed, 'dropout', index],
      },
    );
    try {
      const { value, gradients } = lossWithGradients(terms, pass.outputs, truth);
      moveAll(moving, network.parameters, pass.statistics, moved, divisor);
      return { loss: value, gradients: Object.fromEntries(pass.backward(gradients)) };
    } finally {
      pass.dispose();
    }
  });
}

/**
 * Loss and gradients, averaged over batches. Runs inside {@link TrainableNetwork.use}.
 *
 * @param first index of the first batch in the run, which decides what dropout drops.
 */
export function batchGradients(plan: GradientPlan, batches: readonly Batch[], first: number): BatchGradients {
  const moved = new Map<string, Tensor>();
  const gradients = new Map<string, Tensor>();
  const losses: Scalar[] = [];
  const share = 1 / batches.length;
  const addShare = (sum: Tensor | undefined, part: Tensor): Tensor => {
    if (batches.length === 1) return part;
    const next = tidy(() => (sum ? add(sum, mul(part, share)) : mul(part, share)));
    part.dispose();
    sum?.dispose();
    return next;
  };
  try {
    for (const [i, batch] of batches.entries()) {
      const result = ofOneBatch(plan, batch, first + i, moved);
      losses[0] = addShare(losses[0], result.loss) as Scalar;
      for (const [name, gradient] of Object.entries(result.gradients))
        gradients.set(name, addShare(gradients.get(name), gradient));
    }
  } catch (error) {
    [moved, gradients].forEach(disposeAll);
    losses[0]?.dispose();
    throw error;
  }
  return { loss: losses[0]!, gradients, moved };
}

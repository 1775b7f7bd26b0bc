import {
  addN,
  mul,
  valueAndGrads,
  type Scalar,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Loss } from './loss.ts';

/** One part of what a network with several outputs is trained on: deep supervision, or one loss per scale. */
export interface LossTerm {
  /** Name of the output. Default `logits`. */
  readonly output?: string | undefined;
  readonly loss: Loss;
  /** Default 1. */
  readonly weight?: number | undefined;
}

/** A {@link LossTerm} with its defaults. */
export interface ResolvedTerm {
  readonly output: string;
  readonly loss: Loss;
  readonly weight: number;
}

/** A loss of the output `logits`, or a sum over several outputs. */
export type LossTerms = Loss | readonly LossTerm[];

/** A loss and how it changes with each output. */
export interface LossWithGradients {
  readonly value: Scalar;
  /** By output name. */
  readonly gradients: Readonly<Record<string, Tensor4D>>;
}

/** The terms of a loss, with their defaults. */
export const termsOf = (terms: LossTerms): readonly ResolvedTerm[] =>
  (typeof terms === 'function' ? [{ loss: terms }] : terms).map(({ output, loss, weight }: LossTerm): ResolvedTerm => ({
    output: output ?? 'logits',
    loss,
    weight: weight ?? 1,
  }));

/** Differentiates a loss. The caller owns the tensors; needs the gradients of TensorFlow.js. */
export function lossWithGradients(
  terms: readonly ResolvedTerm[],
  outputs: Readonly<Record<string, Tensor4D>>,
  labels: Tensor3D,
): LossWithGradients {
  const names = [...new Set(terms.map(({ output }) => output))];
  const inputs = names.map((name) => outputs[name]!);
  const total = (...logits: Tensor[]): Scalar =>
    addN(
      terms.map(({ output, loss, weight }) =>
        mul<Scalar>(loss(logits[names.indexOf(output)] as Tensor4D, labels), weight),
      ),
    );
  const { value, grads } = valueAndGrads(total)(inputs);
  const gradients = Object.fromEntries(names.map((name, i) => [name, grads[i] as Tensor4D]));
  return { value: value, gradients };
}

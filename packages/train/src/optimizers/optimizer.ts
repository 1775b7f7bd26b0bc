import type { Tensor } from '@tensorflow/tfjs-core';

/** What an optimiser changes a parameter by. Tensors are the caller's. */
export interface ParameterStep {
  readonly value: Tensor;
  /** Of the parameter's shape. */
  readonly gradient: Tensor;
  /** One per name in {@link Optimizer.slots}, of the parameter's shape. */
  readonly slots: readonly Tensor[];
  /** Learning rate of this parameter at this step. */
  readonly rate: number;
  /** Share of the weight decay that this parameter has; 0 for none. */
  readonly decay: number;
  /** Counted from 0. */
  readonly step: number;
}

/** A parameter and its slots after a step. */
export interface SteppedParameter {
  readonly value: Tensor;
  readonly slots: readonly Tensor[];
}

/** A rule by which gradients change parameters. Holds no state itself, so that a run can go on from stored tensors. */
export interface Optimizer {
  readonly name: string;
  /** Names of the tensors that it keeps for each parameter. They are zeros at first. */
  readonly slots: readonly string[];
  /** Computes one step of one parameter. Runs inside `tidy`. */
  update(step: ParameterStep): SteppedParameter;
}

import { tensor, type Tensor } from '@atrous/core';
import { generatedIntegers } from '@atrous/testing/golden';

/** What a `networks/train_*.json` says about one tensor, in its source's layout. */
export interface TensorStatistics {
  readonly name: string;
  /** Difference between float32 and float64 in the source's own framework. */
  readonly float32_error: number;
  readonly first4: readonly number[];
}

/** Statistics of the gradient of one parameter. */
export interface GradientStatistics extends TensorStatistics {
  readonly shape: readonly number[];
  readonly l2: number;
  readonly absmax: number;
  readonly sum: number;
}

/** A running statistic after the first step. */
export interface RunningStatistics extends TensorStatistics {
  readonly mean: number;
  readonly std: number;
}

/** `networks/train_<case>.json`: four forward passes of a network in training, and the three steps of SGD between them. */
export interface TrainFile {
  readonly case: string;
  readonly manifest: string;
  readonly seed_prefix: string;
  readonly optimizer: { readonly lr: number; readonly momentum: number; readonly weight_decay: number };
  readonly input: { readonly name: string; readonly shape: readonly number[] };
  readonly labels: {
    readonly shape: readonly number[];
    readonly classes: number;
    readonly ignored: number;
  };
  /** Before each step and after the last. */
  readonly losses: readonly number[];
  readonly tolerance: string;
  readonly gradients: readonly GradientStatistics[];
  readonly running_statistics_after_step0: readonly RunningStatistics[];
}

const IGNORE = 255;

/**
 * Class ids `[n, h, w]`: pseudo-random classes, a seventh of them ignored.
 *
 * @throws Error when not as many are ignored as the file says.
 */
export function generateLabels({ labels: { shape, classes, ignored }, seed_prefix: prefix }: TrainFile): Tensor {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const ids = generatedIntegers(`${prefix}labels`, size);
  const ignore = generatedIntegers(`${prefix}ignore`, size);
  const labels = Int32Array.from(ids, (id, i) => ((ignore[i] as number) % 7 === 0 ? IGNORE : id % classes));
  const found = labels.reduce((count, label) => count + (label === IGNORE ? 1 : 0), 0);
  if (found !== ignored) throw new Error(`${found} labels are ignored instead of ${ignored}`);
  return tensor(labels, shape);
}

/** Allowed differences. */
export interface TrainTolerance {
  /** Of the first loss and of the others, relative. */
  readonly losses: readonly [first: number, later: number];
  /** Gradients: this times the tensor's `float32_error`, or that times its largest magnitude, whichever is more. */
  readonly gradients: readonly [ofError: number, ofLargest: number];
}

const RULE =
  /^losses\[0\]: rel ([\d.e-]+); losses\[1\.\.\d+\]: rel ([\d.e-]+); gradients: max\(([\d.e-]+)\*float32_error, ([\d.e-]+)\*absmax\) per tensor$/;

/** @throws Error when the line says something else. */
export function parseTrainTolerance(line: string): TrainTolerance {
  const numbers = RULE.exec(line)?.slice(1).map(Number);
  if (numbers === undefined) throw new Error(`the tolerance "${line}" is not understood`);
  const [first, later, ofError, ofLargest] = numbers as [number, number, number, number];
  return { losses: [first, later], gradients: [ofError, ofLargest] };
}

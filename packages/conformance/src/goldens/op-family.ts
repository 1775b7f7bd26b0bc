import {
  createGraphBuilder,
  type GraphBuilder,
  type Node,
  type Padding,
  type Runtime,
  type Tensor,
} from '@atrous/core';
import type { Skipped } from './golden-result.ts';

/** A case of `ops/<family>.json`. Its other properties depend on the family. */
export interface OpGolden {
  readonly id: string;
}

/** Tensors of one case, by the name they have there. */
export interface OpTensors {
  /** @throws Error when the case has no such tensor. */
  get(name: string): Tensor;
  has(name: string): boolean;
}

/** A one-op network that should turn `input` into `expected`. */
export interface OpProbe {
  readonly build: (builder: GraphBuilder, image: Node) => Node;
  readonly input: Tensor;
  /** Weights by parameter name. */
  readonly weights?: Readonly<Record<string, Tensor>>;
  readonly expected: Tensor;
  /** Rows of the result that `expected` holds. Default: all. */
  readonly rows?: readonly number[] | undefined;
  /** Names of parameters by the name of their gradient in the file. That of the input is `gx`. */
  readonly gradients?: Readonly<Record<string, string>>;
  /** Gradient of the output, where it is not the file's `gy` as it is. */
  readonly outputGradient?: Tensor;
  /** Which part of the family's tolerance line counts. */
  readonly tolerancePart?: string;
}

/** A case about a function that is no op of networks. */
export interface Check {
  /**
   * @param tolerance the family's line.
   * @returns how close they are, for people.
   * @throws Error when they differ by more than the tolerance.
   */
  readonly check: (runtime: Runtime, tolerance: string) => Promise<string>;
}

/** Turns a case of one family into a probe or a check. */
export type OpFamily = (golden: OpGolden, tensors: OpTensors) => OpProbe | Check | Skipped;

/** Declares a family whose cases look like `G`. The files are trusted to: what they lack surfaces as a failed case. */
export const defineFamily =
  <G extends OpGolden>(probe: (golden: G, tensors: OpTensors) => OpProbe | Check | Skipped): OpFamily =>
  (golden, tensors) =>
    probe(golden as G, tensors);

/** The graph of a probe. */
export function probeGraph({ build, input }: OpProbe) {
  const builder = createGraphBuilder();
  return builder.build({ y: build(builder, builder.input({ shape: input.shape })) });
}

/** `pads` of a golden case: top, bottom, left, right. */
export type GoldenPads = readonly [top: number, bottom: number, left: number, right: number];

const NAMED: Readonly<Record<string, Padding>> = { SAME: 'same', SYMMETRIC: 'symmetric', VALID: 'valid' };

/** The padding rule of a name in the goldens; for a name that is not a rule, the pads themselves. */
export function paddingOf(name: string, [top, bottom, left, right]: GoldenPads): Padding {
  return NAMED[name] ?? { top, bottom, left, right };
}

/** Parameters of a batch norm called `name`, from a tensor `[4, c]` with rows gamma, beta, mean, variance. */
export function batchNormWeights(name: string, { shape, data }: Tensor): Readonly<Record<string, Tensor>> {
  const channels = shape[1] as number;
  const row = (index: number): Tensor => ({
    shape: [channels],
    data: data.slice(index * channels, (index + 1) * channels),
  });
  return {
    [`${name}/gamma`]: row(0),
    [`${name}/beta`]: row(1),
    [`${name}/moving_mean`]: row(2),
    [`${name}/moving_variance`]: row(3),
  };
}

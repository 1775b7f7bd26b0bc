import type { Compatibility } from '../compatibility.ts';
import type { KernelSpec, Normalization, RgbStd, XyStd } from '../kernel-spec.ts';
import type { CrfPresetName } from './presets.ts';

/** A kernel and what its messages do. */
export type WeightedKernel = KernelSpec & { readonly weight: Compatibility };

/** What shapes the result, named as the DeepLab papers and pydensecrf name it. */
export interface CrfParameters {
  /** What everything that is left out is taken from. Default `deeplab-v2`. */
  readonly preset?: CrfPresetName | undefined;
  /** How far pixels of one colour reach, in pixels: σα of the papers, `bi_xy_std`, `sxy`. */
  readonly bilateralXyStd?: XyStd | undefined;
  /** How much colours may differ, in steps of 0 … 255: σβ, `bi_rgb_std`, `srgb`. */
  readonly bilateralRgbStd?: RgbStd | undefined;
  /** w₁, `bi_w`. 0 leaves the kernel out. */
  readonly bilateralWeight?: Compatibility | undefined;
  /** How far neighbours smooth each other, in pixels: σγ, `pos_xy_std`. */
  readonly gaussianXyStd?: XyStd | undefined;
  /** w₂, `pos_w`. 0 leaves the kernel out. */
  readonly gaussianWeight?: Compatibility | undefined;
  /** Of the two kernels above. Default `symmetric`, as in pydensecrf. */
  readonly normalization?: Normalization | undefined;
  /** Any number of kernels, instead of the two above. */
  readonly kernels?: readonly WeightedKernel[] | undefined;
  /** Steps of mean field, at least 0. */
  readonly iterations?: number | undefined;
  /**
   * Labels that no pixel gives more than this probability may be kept out of the messages, which saves time, 0 … 1. 0 keeps all.
   * Default: the engine's.
   */
  readonly tolerance?: number | undefined;
  /** Stops as soon as no marginal changed by more than this in a step, 0 … 1. Default 0: all iterations. */
  readonly stopBelow?: number | undefined;
  /** Computes KL divergence and energy after every iteration, which takes longer. Default false. */
  readonly diagnostics?: boolean | undefined;
}

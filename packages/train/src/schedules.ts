/** Learning rate at each step, counted from 0. */
export type Schedule = (step: number) => number;

/** Options of {@link poly}. */
export interface PolyOptions {
  /** Learning rate at the first step. */
  readonly base: number;
  /** Step at which `end` is reached; it stays there. */
  readonly steps: number;
  /** Default 0.9. */
  readonly power?: number | undefined;
  /** Learning rate at the last step. Default 0. */
  readonly end?: number | undefined;
}

/**
 * `(base − end) · (1 − step / steps)^power + end`: the schedule of DeepLab since v2.
 *
 * @see Chen et al. 2016, "DeepLab", §4.3, arXiv:1606.00915
 */
export const poly =
  ({ base, steps, power = 0.9, end = 0 }: PolyOptions): Schedule =>
  (step) =>
    (base - end) * (1 - Math.min(step, steps) / steps) ** power + end;

/** `½ · base · (1 + cos(π · step / steps))`. */
export const cosine =
  ({ base, steps }: Pick<PolyOptions, 'base' | 'steps'>): Schedule =>
  (step) =>
    0.5 * base * (1 + Math.cos((Math.PI * Math.min(step, steps)) / steps));

/** Options of {@link stepwise}. */
export interface StepwiseOptions {
  readonly base: number;
  /** Steps after which the rate is multiplied by `factor`, again and again. */
  readonly every: number;
  /** Default 0.1. */
  readonly factor?: number | undefined;
}

/** `base · factor^⌊step / every⌋`. */
export const stepwise =
  ({ base, every, factor = 0.1 }: StepwiseOptions): Schedule =>
  (step) =>
    base * factor ** Math.floor(step / every);

/** A schedule that never falls below a rate. */
export const atLeast =
  (rate: number, schedule: Schedule): Schedule =>
  (step) =>
    Math.max(schedule(step), rate);

/** A schedule that is read at every `n`th step only, as Caffe's and kazuto1011's are. */
export const held =
  (n: number, schedule: Schedule): Schedule =>
  (step) =>
    schedule(step - (step % n));

/** A schedule whose rate is `step / n` of itself during the first `n` steps (jfzhang95). */
export const warmUp =
  (n: number, schedule: Schedule): Schedule =>
  (step) =>
    step < n ? (schedule(step) * step) / n : schedule(step);

/** A small constant rate during the first `n` steps, then the schedule as if nothing had been before (TensorFlow's DeepLab). */
export const slowStart =
  (n: number, rate: number, schedule: Schedule): Schedule =>
  (step) =>
    step < n ? rate : schedule(step);

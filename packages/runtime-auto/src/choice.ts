/** How a runtime did: milliseconds of the probe, or why it was passed over. */
export type Measurement =
  | {
      readonly runtime: string;
      /** Of one run of the network on the probe, the least of several. */
      readonly ms: number;
      /** Adapter, instruction set or version in use. */
      readonly detail: string;
    }
  | { readonly runtime: string; readonly reason: string };

/** A runtime that was measured. */
export type Measured = Extract<Measurement, { readonly ms: number }>;

export const isMeasured = (measurement: Measurement): measurement is Measured => 'ms' in measurement;

/** Which runtime was taken, and why. */
export interface Choice {
  readonly runtime: string;
  /** Adapter, instruction set or version in use. */
  readonly detail: string;
  /** One line for people, for example `simd 35 ms, onnx 61 ms; webgpu: there is no WebGPU adapter here`. */
  readonly why: string;
  /** Every candidate, in the order given. Empty where only one works here: nothing is measured then. */
  readonly measurements: readonly Measurement[];
  /** Whether it was measured by an earlier call. */
  readonly remembered: boolean;
}

/** What {@link auto} tells. */
export type AutoEvent =
  | { readonly type: 'chosen'; readonly choice: Choice }
  /** The device in use went away; the network runs on another runtime from now on. */
  | { readonly type: 'fallback'; readonly from: string; readonly to: string; readonly error: Error };

const show = (measurement: Measurement): string =>
  isMeasured(measurement)
    ? `${measurement.runtime} ${Number(measurement.ms.toPrecision(2))} ms`
    : `${measurement.runtime}: ${measurement.reason}`;

/** What was measured as one line, fastest first. */
export function explain(measurements: readonly Measurement[]): string {
  const timed = measurements.filter(isMeasured).toSorted((a, b) => a.ms - b.ms);
  const others = measurements.filter((one) => !isMeasured(one));
  return [timed.map(show).join(', '), ...others.map(show)].filter((part) => part !== '').join('; ');
}

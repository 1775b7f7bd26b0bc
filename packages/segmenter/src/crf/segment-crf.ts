import type { CrfParameters, CrfPresetName, EngineChoice } from '@atrous/crf';

/** Parameters of the CRF that labels are put through, and what computes it. */
export interface SegmentCrfOptions extends Omit<CrfParameters, 'diagnostics'> {
  /** Default `auto`: the fastest that works here. */
  readonly engine?: EngineChoice | undefined;
  /** Hears why `auto` passed over a faster engine. */
  readonly onNotice?: ((notice: string) => void) | undefined;
}

/** A CRF: the name of a preset, or its parameters. */
export type SegmentCrf = CrfPresetName | SegmentCrfOptions;

/** Parameters of the CRF that are tuned; the others stay, as in the DeepLab papers. */
export interface Setting {
  readonly bilateralWeight: number;
  readonly bilateralXyStd: number;
  readonly bilateralRgbStd: number;
}

/** What was measured: a setting, or the labels without a CRF. */
export type Treatment = Setting | 'none';

/** Tells settings apart, also those read from a file. */
export const keyOf = (treatment: Treatment): string =>
  treatment === 'none'
    ? treatment
    : [treatment.bilateralXyStd, treatment.bilateralRgbStd, treatment.bilateralWeight].join(' ');

/** Each once, in the order in which they first come. */
export const uniqueSettings = (settings: readonly Setting[]): readonly Setting[] => [
  ...new Map(settings.map((setting) => [keyOf(setting), setting])).values(),
];

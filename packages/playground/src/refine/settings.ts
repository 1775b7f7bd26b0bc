import { crfPresets, type CrfPresetName } from '@atrous/crf';

/** What the sliders of the CRF say, by the names of the papers. */
export type CrfSettings = Readonly<Record<keyof (typeof crfPresets)[CrfPresetName], number>>;

/** A slider, and what it is about. */
export interface Setting {
  readonly name: keyof CrfSettings;
  /** Of the papers. */
  readonly symbol: string;
  readonly meaning: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** In the order in which they are shown. */
export const crfSliders: readonly Setting[] = [
  {
    ...{ name: 'bilateralXyStd', symbol: 'σα', min: 1, max: 150, step: 1 },
    meaning: 'reach among one colour, in pixels',
  },
  {
    ...{ name: 'bilateralRgbStd', symbol: 'σβ', min: 1, max: 40, step: 1 },
    meaning: 'how far their colours may differ, of 255',
  },
  {
    ...{ name: 'bilateralWeight', symbol: 'w₁', min: 0, max: 20, step: 0.5 },
    meaning: 'how strongly they agree on a label',
  },
  {
    ...{ name: 'gaussianXyStd', symbol: 'σγ', min: 0.5, max: 10, step: 0.5 },
    meaning: 'reach among all pixels, in pixels',
  },
  {
    ...{ name: 'gaussianWeight', symbol: 'w₂', min: 0, max: 20, step: 0.5 },
    meaning: 'how strongly these agree',
  },
  { ...{ name: 'iterations', symbol: '', min: 0, max: 20, step: 1 }, meaning: 'steps of mean field' },
];

/** What presets are called on the page. */
export const presetTitles: Readonly<Record<CrfPresetName, string>> = {
  'deeplab-v2': 'DeepLab v2',
  'deeplab-v1': 'DeepLab v1',
  'pydensecrf-example': 'pydensecrf’s example',
};

/** The preset that has these very settings, if there is one. */
export const presetOf = (settings: CrfSettings): CrfPresetName | undefined =>
  (Object.keys(presetTitles) as CrfPresetName[]).find((preset) =>
    crfSliders.every(({ name }) => crfPresets[preset][name] === settings[name]),
  );

import { crfPresets, type CrfPresetName } from '@atrous/crf';
import type { SegmentCrfOptions } from '@atrous/segmenter';
import * as v from 'valibot';
import { unknownName, UsageError } from '../errors.ts';
import type { Settings } from '../parse-setting.ts';

const weight = v.pipe(v.number(), v.finite());
const std = v.pipe(v.number(), v.finite(), v.gtValue(0));
const xyStd = v.union([std, v.tuple([std, std])]);
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** Parameters that fit on a command line, and what they must be. */
const parameters = {
  bilateralXyStd: { schema: xyStd, expected: 'a number of pixels greater than 0, or [x, y]' },
  bilateralRgbStd: {
    schema: v.union([std, v.tuple([std, std, std])]),
    expected: 'a number greater than 0, in steps of 0 … 255, or [r, g, b]',
  },
  bilateralWeight: { schema: weight, expected: 'a number' },
  gaussianXyStd: { schema: xyStd, expected: 'a number of pixels greater than 0, or [x, y]' },
  gaussianWeight: { schema: weight, expected: 'a number' },
  iterations: { schema: v.pipe(v.number(), v.integer(), v.minValue(0)), expected: 'a whole number of at least 0' },
  normalization: {
    schema: v.picklist(['symmetric', 'before', 'after', 'none']),
    expected: 'symmetric, before, after or none',
  },
  tolerance: { schema: share, expected: 'a number from 0 to 1' },
  stopBelow: { schema: share, expected: 'a number from 0 to 1' },
} as const satisfies Partial<
  Record<keyof SegmentCrfOptions, { readonly schema: v.GenericSchema; readonly expected: string }>
>;

type ParameterName = keyof typeof parameters;

const isPreset = (name: string): name is CrfPresetName => Object.hasOwn(crfPresets, name);
const isParameter = (name: string): name is ParameterName => Object.hasOwn(parameters, name);

function checkParameter(name: string, value: unknown): void {
  if (!isParameter(name)) throw unknownName('the parameter of the CRF', name, Object.keys(parameters));
  const { schema, expected } = parameters[name];
  if (!v.is(schema, value)) throw new UsageError(`--crf-set ${name}=${JSON.stringify(value)}: expected ${expected}`);
}

/** A preset with parameters of it replaced. Throws a UsageError when there is no such thing. */
export function parseCrf(preset: string, settings: Settings): SegmentCrfOptions {
  if (!isPreset(preset)) throw unknownName('the CRF preset', preset, Object.keys(crfPresets));
  for (const [name, value] of Object.entries(settings)) checkParameter(name, value);
  // Every value was checked against the schema of its name.
  return { preset, ...(settings as SegmentCrfOptions) };
}

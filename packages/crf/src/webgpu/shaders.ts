import { BUILD_SHADERS } from './build/build-shaders.ts';
import { BLUR } from './shaders/blur.ts';
import { JOIN } from './shaders/join.ts';
import { MEASURE } from './shaders/measure.ts';
import { MIX } from './shaders/mix.ts';
import { PACK, PACK_LABELS } from './shaders/pack.ts';
import { SLICE } from './shaders/slice.ts';
import { SPLAT } from './shaders/splat.ts';
import { UPDATE } from './shaders/update.ts';

/** Programs of the device, in WGSL. */
export const SHADERS = {
  splat: SPLAT,
  join: JOIN,
  blur: BLUR,
  mix: MIX,
  update: UPDATE,
  slice: SLICE,
  measure: MEASURE,
  pack: PACK,
  packLabels: PACK_LABELS,
  ...BUILD_SHADERS,
} as const;

export type ShaderName = keyof typeof SHADERS;

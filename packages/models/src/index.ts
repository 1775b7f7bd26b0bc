export { buildModel, type ModelConfig } from './build-model.ts';
export { deeplabV1, type DeeplabV1Options } from './deeplab-v1.ts';
export { deeplabV2, type DeeplabV2Options } from './deeplab-v2.ts';
export {
  dilatedContext,
  dilatedFrontEnd,
  type DilatedContextOptions,
  type DilatedFrontEndOptions,
} from './dilated-context.ts';
export { deeplabV3Plus, type DeeplabV3PlusOptions } from './deeplab-v3-plus.ts';
export { deeplabV3, type DeeplabV3Options } from './deeplab-v3.ts';
export type { ImageInputOptions } from './image-input.ts';
export { liteRaspp, type LiteRasppOptions } from './lite-raspp.ts';
export { models } from './models.ts';
export { multiScale, type MultiScaleOptions } from './multi-scale.ts';
export type { Preset } from './presets/preset.ts';
export { presets } from './presets/presets.ts';
export type { Variant } from './variants/variant.ts';
export { variants } from './variants/variants.ts';

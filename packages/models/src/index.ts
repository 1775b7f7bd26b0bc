export { deeplabV3Plus, type DeeplabV3PlusOptions } from './deeplab-v3-plus.ts';
export { deeplabV3, type DeeplabV3Options } from './deeplab-v3.ts';
export { models } from './models.ts';
export { presets, type Preset } from './presets.ts';

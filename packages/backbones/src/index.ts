export { mobilenetV2, type MobilenetV2Options } from './mobilenet-v2.ts';
export { mobilenetV3, type MobilenetV3Options } from './mobilenet-v3.ts';

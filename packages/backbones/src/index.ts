export { mobilenetV2, type MobilenetV2Options } from './mobilenet-v2.ts';

export { mobilenetV2, type MobilenetV2Options } from './mobilenet-v2.ts';
export { mobilenetV3, type MobilenetV3Options } from './mobilenet-v3.ts';
export { vgg16, type Vgg16Options } from './vgg16.ts';
export { resnet, type ResnetOptions } from './resnet.ts';
export { xception, type XceptionOptions } from './xception.ts';
export { xceptionClassic, type XceptionClassicOptions } from './xception-classic.ts';

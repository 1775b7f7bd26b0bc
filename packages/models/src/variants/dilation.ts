import type { Json } from '@atrous/core';
import type { ModelConfig } from '../build-model.ts';
import type { Variant } from './variant.ts';

const network = (name: string, description: string, model: ModelConfig): Variant => ({
  name,
  description: `${description} (Yu and Koltun 2015)`,
  model: { ...model, config: { numClasses: 21, outputStride: 8, ...model.config } },
});

const context = (options: Readonly<Record<string, Json>>, config: ModelConfig['config'] = {}): ModelConfig => ({
  name: 'dilated-context',
  config: { context: { name: 'context-module', ...options }, ...config },
});

/** "Multi-Scale Context Aggregation by Dilated Convolutions", arXiv:1511.07122. */
export const dilationVariants: readonly Variant[] = [
  network('dilation-frontend-vgg16', 'The front end: VGG-16 without its last two pools', {
    name: 'dilated-front-end',
    config: {},
  }),
  network('dilation8-basic-vgg16', 'Front end and basic context module', context({ padding: 'once' })),
  network(
    'dilation8-large-vgg16',
    'Front end and large context module, as released for PASCAL VOC',
    context({ width: 'large', padding: 'once' }),
  ),
  network('dilation8-vgg16-camvid', 'Dilation8 for CamVid', context({}, { numClasses: 11 })),
  network(
    'dilation7-vgg16-kitti',
    'Dilation7 for KITTI: no layer of rate 16',
    context({ atrousRates: [1, 1, 2, 4, 8] }, { numClasses: 11 }),
  ),
  network(
    'dilation10-vgg16-cityscapes',
    'Dilation10 for Cityscapes: layers of rates 32 and 64 too, scores enlarged to the image',
    context({ atrousRates: [1, 1, 2, 4, 8, 16, 32, 64] }, { numClasses: 19, enlargement: 8 }),
  ),
];

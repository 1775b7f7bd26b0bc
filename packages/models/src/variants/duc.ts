import { hybridRates, type HybridAssignment } from '@atrous/atrous-ops';
import type { Json } from '@atrous/core';
import type { Variant } from './variant.ts';

/** TuSimple's ResNet; without hybrid rates the last two blocks have 2 and 4. */
const network = (name: string, description: string, options: Readonly<Record<string, Json>> = {}): Variant => ({
  name,
  description: `${description} (Wang et al. 2018)`,
  model: {
    name: 'deeplab-v2',
    config: {
      backbone: {
        name: 'resnet',
        depth: 101,
        stem: '3x3',
        pool: 'valid',
        strideAt: 'first1x1',
        epsilon: 1e-6,
        ...options,
      },
      head: 'duc',
      numClasses: 19,
      outputStride: 8,
    },
  },
});

const assignment = (name: HybridAssignment, description: string): Variant =>
  network(`duc-dilation-${name}-resnet101`, description, { hybridRates: hybridRates(name, [23, 3]) });

const [[, ...third], fourth] = hybridRates('bigger', [23, 3]);

const resnet152 = network('duc-resnet152', 'ResNet152-DUC for PASCAL VOC', { depth: 152 });

/** Networks of "Understanding Convolution for Semantic Segmentation", arXiv:1702.08502: logits at half the image's size. */
export const ducVariants: readonly Variant[] = [
  network('duc-resnet101', 'ResNet-DUC: ResNet-101, dense upsampling convolution, Cityscapes'),
  network('duc-hdc-resnet101', 'ResNet-DUC-HDC as released: hybrid rates 2, 2, 5, 9, 1, 2, 5, 9, …', {
    hybridRates: [[2, ...third], fourth],
  }),
  assignment('none', 'ResNet-DUC, no dilation'),
  assignment('conv', 'ResNet-DUC, Dilation-conv: rates 2, 1, 2, 1, …'),
  assignment('rf', 'ResNet-DUC, Dilation-RF: rates 1, 2, 3, …, then 3, 4, 5'),
  assignment('bigger', 'ResNet-DUC, Dilation-bigger: rates 1, 2, 5, 9, …, then 5, 9, 17'),
  { ...resnet152, model: { ...resnet152.model, config: { ...resnet152.model.config, numClasses: 21 } } },
];

import type { Variant } from './variant.ts';

const network = (depth: 50 | 101): Variant => ({
  name: `deeplab-v3-cascade-resnet${depth}`,
  description: `DeepLab v3, going deeper: ResNet-${depth}, blocks 5 to 7, multi-grid 1, 2, 1 (Chen et al. 2017)`,
  model: {
    name: 'deeplab-v3',
    config: {
      backbone: { name: 'resnet', depth, stem: '3x3', pool: 'same', strideAt: 'last3x3', multiGrid: [1, 2, 1] },
      head: { name: 'cascade', multiGrid: [1, 2, 1] },
      numClasses: 21,
      outputStride: 16,
    },
  },
});

/** The first design of "Rethinking Atrous Convolution for Semantic Image Segmentation", arXiv:1706.05587, §4.2. */
export const deeplabV3CascadeVariants: readonly Variant[] = [network(50), network(101)];

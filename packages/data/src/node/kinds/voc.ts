import { vocDataset } from '../voc/voc-dataset.ts';
import { defineDataset } from './define-dataset.ts';

/** PASCAL VOC, and whatever is laid out like it. */
export const voc = /* @__PURE__ */ defineDataset({
  name: 'voc',
  description: 'JPEGImages/*.jpg, SegmentationClass/*.png and ImageSets/Segmentation/SPLIT.txt',
  splits: ['train', 'val'],
  marks: ['JPEGImages', 'VOCdevkit', 'VOC2012'],
  options: { images: 'text', masks: 'text' },
  open: (folder, options) => vocDataset(folder, options),
});

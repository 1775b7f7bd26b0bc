import { defineVocColoredMap } from './define-label-map.ts';

const names = [
  'background',
  'aeroplane',
  'bicycle',
  'bird',
  'boat',
  'bottle',
  'bus',
  'car',
  'cat',
  'chair',
  'cow',
  'diningtable',
  'dog',
  'horse',
  'motorbike',
  'person',
  'pottedplant',
  'sheep',
  'sofa',
  'train',
  'tvmonitor',
];

/** PASCAL VOC 2012 segmentation: background and 20 classes; 255 marks borders and difficult objects. */
export const voc2012 = /* @__PURE__ */ defineVocColoredMap('voc2012', names, 255);

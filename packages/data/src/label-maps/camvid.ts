import { defineLabelMap } from './define-label-map.ts';

/**
 * CamVid reduced to 11 classes in the order of the SegNet data set, 480×360; 11 is unlabelled. Yu and Koltun's networks use the same
 * classes in another order.
 */
export const camvid = /* @__PURE__ */ defineLabelMap(
  'camvid',
  [
    ['Sky', [128, 128, 128]],
    ['Building', [128, 0, 0]],
    ['Pole', [192, 192, 128]],
    ['Road', [128, 64, 128]],
    ['Pavement', [60, 40, 222]],
    ['Tree', [128, 128, 0]],
    ['SignSymbol', [192, 128, 128]],
    ['Fence', [64, 64, 128]],
    ['Car', [64, 0, 128]],
    ['Pedestrian', [64, 64, 0]],
    ['Bicyclist', [0, 128, 192]],
  ],
  11,
);

import { defineLabelMap } from './define-label-map.ts';

/** Background and person, for portrait networks. The person has the colour of VOC's class of that name. */
export const portrait = /* @__PURE__ */ defineLabelMap(
  'portrait',
  [
    ['background', [0, 0, 0]],
    ['person', [192, 128, 128]],
  ],
  255,
);

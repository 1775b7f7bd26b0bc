import type { LabelMap } from '@atrous/core';
import { ade20k } from './ade20k.ts';

/** ADE20K without its class 0: `wall` is 0, `flag` 149, and 255 is everything else, as most networks of PyTorch have it. */
export const ade20k150: LabelMap = /* @__PURE__ */ (() => ({
  name: 'ade20k-150',
  classes: ade20k.classes.slice(1).map(({ name, color }, id) => ({ id, name, color })),
  ignoreLabel: 255,
}))();

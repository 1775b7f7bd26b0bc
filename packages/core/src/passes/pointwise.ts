import type { NodeOf, OpAttrs } from '../ops.ts';
import { resolvePads } from '../padding.ts';

/** Whether a convolution has no padding, whatever the size of the map. */
const isUnpadded = (attrs: OpAttrs['conv2d']): boolean =>
  Object.values(resolvePads(attrs, [1, 1])).every((pad) => pad === 0);

/** Whether a convolution makes every pixel of the pixel at its place alone, and keeps its stride. */
export const isPointwise = ({ attrs }: NodeOf<'conv2d'>): boolean =>
  attrs.nominal === undefined &&
  attrs.kernel.every((taps) => taps === 1) &&
  attrs.strides.every((stride) => stride === 1) &&
  isUnpadded(attrs);

import { groupsFor } from '../plan/groups.ts';
import { pixelsOf, type LabelsValue } from '../plan/value.ts';
import { ARG_MAX, RESIZE_ARG_MAX } from '../shaders/resize.ts';
import { softmax as softmaxKernel } from '../shaders/softmax.ts';
import type { Lowering } from './lowering.ts';
import { resizeTables } from './resize-bilinear.ts';

/** Probabilities over channels, or their logarithms. */
export const softmax: Lowering<'softmax'> = ({ plan, attrs, x, result }) => {
  const y = result();
  const items = pixelsOf(y);
  plan.dispatch(softmaxKernel(attrs.log), groupsFor(items), { y, x }, { items });
  return y;
};

const wordsOf = ({ room, idsPerWord }: LabelsValue) => ({ items: room.bytes / 4, idsPerWord });

/** Index of the largest channel; the lowest index wins ties. */
export const argMax: Lowering<'argMax'> = ({ plan, x, shape }) => {
  const y = plan.labels(shape, x.shape[3]);
  const fields = wordsOf(y);
  plan.dispatch(ARG_MAX, groupsFor(fields.items), { y, x }, fields);
  return y;
};

/** The same of a resized map, which is never stored. */
export const resizeArgMax: Lowering<'resizeArgMax'> = ({ plan, attrs, x, shape }) => {
  const y = plan.labels(shape, x.shape[3]);
  const fields = wordsOf(y);
  plan.dispatch(RESIZE_ARG_MAX, groupsFor(fields.items), { y, x, ...resizeTables(plan, attrs, x, shape) }, fields);
  return y;
};

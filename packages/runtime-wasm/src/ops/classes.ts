import { lanesOf, pitchOf, pixelsOf } from '../plan/value.ts';
import type { Lowering } from './lowering.ts';

/** Probabilities over channels, or their logarithms. */
export const softmax: Lowering<'softmax'> = ({ plan, attrs, x, shape }) => {
  const y = plan.value(shape);
  plan.kernel(
    'softmax',
    { items: pixelsOf(y), unit: 4, work: 32 * pixelsOf(y) * lanesOf(y) },
    { x: x.buffer, y: y.buffer, pitch: pitchOf(x), channels: shape[3], isLog: Number(attrs.log) },
  );
  return y;
};

/** Index of the largest channel; the lowest index wins ties. */
export const argMax: Lowering<'argMax'> = ({ plan, x, shape }) => {
  const y = plan.value(shape, 'labels');
  plan.kernel(
    'argMax',
    { items: pixelsOf(y), unit: 16, work: 8 * pixelsOf(x) * lanesOf(x) },
    { x: x.buffer, y: y.buffer, pitch: pitchOf(x), channels: x.shape[3] },
  );
  return y;
};

import { groupsOf } from '../plan/groups.ts';
import { windowFields } from '../plan/window.ts';
import { depthwise } from '../shaders/depthwise.ts';
import type { Lowering } from './lowering.ts';

/** One filter for each channel, or several. */
export const depthwiseConv2d: Lowering<'depthwiseConv2d'> = ({ plan, attrs, x, packed, result }) => {
  const y = result();
  const { activation, multiplier } = attrs;
  const fields = { ...windowFields(attrs, x), multiplier };
  const bound = { y, x, taps: packed.weights!, tapBiases: packed.biases! };
  plan.dispatch(depthwise(activation, multiplier > 1), groupsOf(y), bound, fields);
  return y;
};

import { inputOf, type Kernel } from '../kernel.ts';
import { argMax } from './channels.ts';
import { resizeBilinear } from './resize-bilinear.ts';

/** Index of the largest channel of the resized map. */
export const resizeArgMax: Kernel<'resizeArgMax'> = (call) => {
  const [n, height, width] = call.shape as [number, number, number];
  const resized = resizeBilinear({ ...call, shape: [n, height, width, inputOf(call).shape[3]] });
  return argMax({ ...call, attrs: {}, inputs: [resized] });
};

import { inputOf, type Kernel } from '../kernel.ts';
import { argMax } from './arg-max.ts';
import { resizeBilinear } from './resize-bilinear.ts';

/** Index of the largest channel of the resized map; the lowest index wins ties. */
export const resizeArgMax: Kernel<'resizeArgMax'> = (call) => {
  const [n = 1, height = 1, width = 1] = call.shape;
  const channels = inputOf(call).shape[3] ?? 1;
  const resized = resizeBilinear({ ...call, shape: [n, height, width, channels] });
  return argMax({ attrs: {}, inputs: [resized], params: {}, shape: call.shape });
};

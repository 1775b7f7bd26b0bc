import { resizeAxis, type ResizeAttrs, type ResizeTaps } from '@atrous/core';
import { add, clone, gather, image, mul, tensor1d, tensor4d } from '@tensorflow/tfjs-core';
import type { KernelCall, Tensor4D } from '../kernel.ts';

/** A resize alone or as part of another op. */
export type ResizeCall = Pick<KernelCall<'resizeBilinear'>, 'inputs' | 'shape' | 'quirks'> & {
  readonly attrs: ResizeAttrs;
};

/** {@link ResizeTaps} of all pixels along one axis. */
export type Taps = { readonly [K in keyof ResizeTaps]: readonly number[] };

/** Which pixels every pixel of the result is made of. */
export function resizeTable(resize: ResizeAttrs, axis: 0 | 1, inExtent: number, outExtent: number): Taps {
  const taps = resizeAxis(resize, axis, inExtent, outExtent);
  return {
    lower: taps.map(({ lower }) => lower),
    upper: taps.map(({ upper }) => upper),
    lowerWeight: taps.map(({ lowerWeight }) => lowerWeight),
    upperWeight: taps.map(({ upperWeight }) => upperWeight),
  };
}

function interpolate(x: Tensor4D, { lower, upper, lowerWeight, upperWeight }: Taps, axis: 1 | 2): Tensor4D {
  const shape: [number, number, number, number] = axis === 1 ? [1, lower.length, 1, 1] : [1, 1, lower.length, 1];
  const part = (at: readonly number[], weights: readonly number[]): Tensor4D =>
    mul<Tensor4D>(gather(x, tensor1d([...at], 'int32'), axis), tensor4d([...weights], shape));
  return add(part(lower, lowerWeight), part(upper, upperWeight));
}

/** Any table of positions, from gathered rows and columns. */
function resizeByGathering(x: Tensor4D, call: ResizeCall): Tensor4D {
  const rows = resizeTable(call.attrs, 0, x.shape[1], call.shape[1]!);
  const columns = resizeTable(call.attrs, 1, x.shape[2], call.shape[2]!);
  return interpolate(interpolate(x, rows, 1), columns, 2);
}

/** tfjs reads at multiples of the ratio of sizes; a factor that leads to no whole size asks for other positions. */
function stepsByRatio(x: Tensor4D, { attrs, shape }: ResizeCall): boolean {
  const { corners, target } = attrs;
  if (corners === 'alignCorners' || target.kind !== 'scale') return true;
  return x.shape[1] * target.factor[0] === shape[1] && x.shape[2] * target.factor[1] === shape[2];
}

/** Every output pixel is the mean of its four neighbours in the input, weighted by nearness. */
export const resizeBilinear = (call: ResizeCall): Tensor4D => {
  const x = call.inputs[0]!;
  const [, height, width] = call.shape as [number, number, number];
  const { corners } = call.attrs;
  if (x.shape[1] === height && x.shape[2] === width && stepsByRatio(x, call)) return clone(x);
  const native =
    stepsByRatio(x, call) && corners !== 'deconvolution' && !(corners === 'halfPixel' && call.quirks.noHalfPixel);
  return native
    ? image.resizeBilinear(x, [height, width], corners === 'alignCorners', corners === 'halfPixel')
    : resizeByGathering(x, call);
};

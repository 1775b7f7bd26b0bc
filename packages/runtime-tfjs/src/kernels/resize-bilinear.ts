import { resizeCoordinate, type CornerRule, type OpAttrs } from '@atrous/core';
import { add, clone, gather, image, mul, tensor1d, tensor4d } from '@tensorflow/tfjs-core';
import { inputOf, type Kernel, type KernelCall, type Tensor4D } from '../kernel.ts';

/** Where the pixels along one axis are read: between `lower` and `upper`, `fraction` of the way. */
interface Samples {
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly fraction: Float32Array;
}

function samplesOf(corners: CornerRule, inExtent: number, outExtent: number, factor: number | undefined): Samples {
  const step = factor === undefined ? inExtent / outExtent : 1 / factor;
  const sources = Array.from({ length: outExtent }, (_, out) =>
    resizeCoordinate(corners, out, inExtent, outExtent, step),
  );
  const lower = Int32Array.from(sources, (source) => Math.min(Math.floor(source), inExtent - 1));
  return {
    lower,
    upper: lower.map((index) => Math.min(index + 1, inExtent - 1)),
    fraction: Float32Array.from(sources, (source, i) => source - lower[i]!),
  };
}

function interpolate(x: Tensor4D, { lower, upper, fraction }: Samples, axis: 1 | 2): Tensor4D {
  const shape: [number, number, number, number] = axis === 1 ? [1, lower.length, 1, 1] : [1, 1, lower.length, 1];
  const before = mul<Tensor4D>(
    gather(x, tensor1d(lower, 'int32'), axis),
    tensor4d(
      fraction.map((f) => 1 - f),
      shape,
    ),
  );
  const after = mul<Tensor4D>(gather(x, tensor1d(upper, 'int32'), axis), tensor4d(fraction, shape));
  return add(before, after);
}

/** Any table of positions, from gathered rows and columns. */
function resizeByGathering(x: Tensor4D, call: KernelCall<'resizeBilinear'>): Tensor4D {
  const { corners, target } = call.attrs;
  const factor = target.kind === 'scale' ? target.factor : undefined;
  const rows = samplesOf(corners, x.shape[1], call.shape[1]!, factor?.[0]);
  const columns = samplesOf(corners, x.shape[2], call.shape[2]!, factor?.[1]);
  return interpolate(interpolate(x, rows, 1), columns, 2);
}

/** tfjs reads at multiples of the ratio of sizes; a factor that leads to no whole size asks for other positions. */
function stepsByRatio(x: Tensor4D, { attrs, shape }: KernelCall<'resizeBilinear'>): boolean {
  const { corners, target }: OpAttrs['resizeBilinear'] = attrs;
  if (corners === 'alignCorners' || target.kind !== 'scale') return true;
  return x.shape[1] * target.factor[0] === shape[1] && x.shape[2] * target.factor[1] === shape[2];
}

/** Every output pixel is the mean of its four neighbours in the input, weighted by nearness. */
export const resizeBilinear: Kernel<'resizeBilinear'> = (call) => {
  const x = inputOf(call);
  const [, height, width] = call.shape as [number, number, number];
  const { corners } = call.attrs;
  if (x.shape[1] === height && x.shape[2] === width && stepsByRatio(x, call)) return clone(x);
  const native = stepsByRatio(x, call) && !(corners === 'halfPixel' && call.quirks.noHalfPixel);
  return native
    ? image.resizeBilinear(x, [height, width], corners === 'alignCorners', corners === 'halfPixel')
    : resizeByGathering(x, call);
};

import { poolingBin, resolvePads, type OpAttrs, type Pads } from '@atrous/core';
import {
  avgPool as avgPoolTensor,
  clone,
  concat,
  maxPool as maxPoolTensor,
  mean,
  mul,
  slice,
  tensor4d,
} from '@tensorflow/tfjs-core';
import { inputOf, type Kernel, type KernelCall, type Tensor4D } from '../kernel.ts';
import { LOWEST, padImage } from './layout.ts';

type PoolCall = KernelCall<'maxPool' | 'avgPool'>;

/** One axis of a pool. `overrun`: what the last window reaches beyond the padded input when sizes are rounded up. */
export interface PoolAxis {
  readonly kernel: number;
  readonly stride: number;
  readonly before: number;
  readonly after: number;
  readonly overrun: number;
  readonly inExtent: number;
  readonly outExtent: number;
}

/** Both axes of a pool from `inputShape` to `shape`. */
export function poolAxes(
  attrs: OpAttrs['maxPool'] | OpAttrs['avgPool'],
  inputShape: readonly number[],
  shape: readonly number[],
): readonly [rows: PoolAxis, columns: PoolAxis] {
  const [, height, width] = inputShape as [number, number, number];
  const pads = resolvePads(attrs, [height, width]);
  const axis = (index: 0 | 1, before: number, after: number): PoolAxis => {
    const [kernel, stride] = [attrs.kernel[index], attrs.strides[index]];
    const [inExtent, outExtent] = [inputShape[index + 1]!, shape[index + 1]!];
    const overrun = Math.max((outExtent - 1) * stride + kernel - (before + inExtent + after), 0);
    return { kernel, stride, before, after, overrun, inExtent, outExtent };
  };
  return [axis(0, pads.top, pads.bottom), axis(1, pads.left, pads.right)];
}

/** Everything around the input that the windows reach. */
export const poolPads = ([rows, columns]: readonly [PoolAxis, PoolAxis]): Pads => ({
  top: rows.before,
  bottom: rows.after + rows.overrun,
  left: columns.before,
  right: columns.after + columns.overrun,
});

const axesOf = (call: PoolCall) => poolAxes(call.attrs, inputOf(call).shape, call.shape);

const window = ({ attrs }: PoolCall): [kernel: [number, number], strides: [number, number]] => [
  [...attrs.kernel],
  [...attrs.strides],
];

/** Largest element of every window. Padding never wins. */
export const maxPool: Kernel<'maxPool'> = (call) =>
  maxPoolTensor(padImage(inputOf(call), poolPads(axesOf(call)), LOWEST), ...window(call), 'valid');

/** How many of every window's elements count. */
export function windowCounts(axis: PoolAxis, countPadding: boolean): number[] {
  const first = countPadding ? -axis.before : 0;
  const last = axis.inExtent + (countPadding ? axis.after : 0);
  return Array.from({ length: axis.outExtent }, (_, out) => {
    const start = out * axis.stride - axis.before;
    return Math.min(start + axis.kernel, last) - Math.max(start, first);
  });
}

/** What turns the mean over a whole window, zeros included, into the mean over what counts. */
function correction(rows: PoolAxis, columns: PoolAxis, countPadding: boolean): Tensor4D | undefined {
  const area = rows.kernel * columns.kernel;
  const across = windowCounts(columns, countPadding);
  const factors = windowCounts(rows, countPadding).flatMap((down) => across.map((count) => area / (down * count)));
  if (factors.every((factor) => factor === 1)) return undefined;
  return tensor4d(factors, [1, rows.outExtent, columns.outExtent, 1]);
}

/** Mean of every window, over its elements inside the input or, with `countPadding`, inside the padded input. */
export const avgPool: Kernel<'avgPool'> = (call) => {
  const [rows, columns] = axesOf(call);
  const whole = avgPoolTensor(padImage(inputOf(call), poolPads([rows, columns])), ...window(call), 'valid');
  const factors = correction(rows, columns, call.attrs.countPadding);
  return factors === undefined ? whole : mul(whole, factors);
};

/** Mean over the bins of one axis; over rectangles it is the mean along one axis of the means along the other. */
function binMeans(x: Tensor4D, bins: number, axis: 1 | 2): Tensor4D {
  const parts = Array.from({ length: bins }, (_, bin) => {
    const [start, end] = poolingBin(bin, bins, x.shape[axis]);
    const begin = [0, 0, 0, 0];
    const size: number[] = [...x.shape];
    begin[axis] = start;
    size[axis] = end - start;
    return mean<Tensor4D>(slice(x, begin, size), axis, true);
  });
  return parts.length === 1 ? (parts[0] as Tensor4D) : concat(parts, axis);
}

/** Mean over each of a number of even parts. */
export const adaptiveAvgPool: Kernel<'adaptiveAvgPool'> = (call) => {
  const [rows, columns] = call.attrs.bins;
  return binMeans(binMeans(inputOf(call), rows, 1), columns, 2);
};

/** Mean over height and width. */
export const globalAvgPool: Kernel<'globalAvgPool'> = (call) => {
  const x = inputOf(call);
  return x.shape[1] === 1 && x.shape[2] === 1 ? clone(x) : mean(x, [1, 2], true);
};

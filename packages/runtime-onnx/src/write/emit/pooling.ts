import { effectiveKernel, poolingBin, resolvePads, type NodeOf } from '@atrous/core';
import { inputAt, inputSize, outputSize, type Emitter, type EmitterCall } from '../emitter.ts';
import { axisMatrix, type AxisMatrix } from '../interpolation-matrix.ts';
import { mapAxes } from './map-axes.ts';

type Pool = NodeOf<'maxPool'> | NodeOf<'avgPool'>;

/** A pool's walk along one axis. `overrun`: rows that a last window of `ceil` rounding reads beyond the padded input. */
interface PoolAxis {
  readonly kernel: number;
  readonly stride: number;
  readonly before: number;
  readonly after: number;
  readonly overrun: number;
  readonly inExtent: number;
  readonly outExtent: number;
}

type PoolAxes = readonly [rows: PoolAxis, columns: PoolAxis];

function poolAxes(call: EmitterCall<Pool['kind']>): PoolAxes {
  const { attrs } = call.node as Pool;
  const [inSize, outSize] = [inputSize(call), outputSize(call)];
  const pads = resolvePads(attrs, inSize);
  const axis = (index: 0 | 1, before: number, after: number): PoolAxis => {
    const [kernel, stride] = [attrs.kernel[index], attrs.strides[index]];
    const [inExtent, outExtent] = [inSize[index], outSize[index]];
    const read = (outExtent - 1) * stride + effectiveKernel(kernel, 1);
    return {
      kernel,
      stride,
      before,
      after,
      inExtent,
      outExtent,
      overrun: Math.max(read - inExtent - before - after, 0),
    };
  };
  return [axis(0, pads.top, pads.bottom), axis(1, pads.left, pads.right)];
}

/** Rows and columns before and after, in ONNX's order, with which the last window fits. */
const padsOf = ([rows, columns]: PoolAxes): readonly [number, number, number, number] => [
  rows.before,
  columns.before,
  rows.after + rows.overrun,
  columns.after + columns.overrun,
];

/** ONNX's own pads must be smaller than the window. */
const arePadsNarrow = (axes: PoolAxes): boolean => padsOf(axes).every((pad, side) => pad < axes[side % 2]!.kernel);

/** Padding never wins. */
export const maxPool: Emitter<'maxPool'> = (call) => {
  const { writer } = call;
  const { kernel, strides } = call.node.attrs;
  const axes = poolAxes(call);
  const [top, left, bottom, right] = padsOf(axes);
  if (arePadsNarrow(axes))
    return writer.op('MaxPool', [inputAt(call)], { kernel_shape: kernel, strides, pads: [top, left, bottom, right] });
  const lowest = writer.real(Float32Array.of(-Infinity), []);
  const padded = writer.op('Pad', [inputAt(call), writer.whole([0, 0, top, left, 0, 0, bottom, right]), lowest]);
  return writer.op('MaxPool', [padded], { kernel_shape: kernel, strides });
};

/** How many positions of the window at `out` count. */
function positionsCounted(
  { kernel, stride, before, after, inExtent }: PoolAxis,
  out: number,
  padding: boolean,
): number {
  const start = out * stride - before;
  const [first, end] = padding ? [-before, inExtent + after] : [0, inExtent];
  return Math.min(start + kernel, end) - Math.max(start, first);
}

/** What the mean over whole windows is multiplied by, per pixel `[h, w]`, where only some of their positions count. */
function corrections(rows: PoolAxis, columns: PoolAxis, padding: boolean): Float32Array {
  const factors = (axis: PoolAxis): readonly number[] =>
    Array.from({ length: axis.outExtent }, (_, out) => axis.kernel / positionsCounted(axis, out, padding));
  const across = factors(columns);
  return Float32Array.from(factors(rows).flatMap((down) => across.map((factor) => down * factor)));
}

/** The share that every output takes of every input: a mean over rows and columns is one over rows of those over columns. */
const meanMatrix = (axis: PoolAxis, padding: boolean): AxisMatrix =>
  axisMatrix(axis.outExtent, axis.inExtent, function* (out) {
    const start = out * axis.stride - axis.before;
    const share = 1 / positionsCounted(axis, out, padding);
    for (let at = Math.max(start, 0); at < Math.min(start + axis.kernel, axis.inExtent); at++)
      yield [at, share] as const;
  });

/** ONNX divides by whole windows here, which a map of factors corrects at the border: its own rules for it changed between versions. */
export const avgPool: Emitter<'avgPool'> = (call) => {
  const { writer } = call;
  const { kernel, strides, countPadding } = call.node.attrs;
  const axes = poolAxes(call);
  const [rows, columns] = axes;
  // onnxruntime would join zeros around the input with the pool, and then refuse it.
  if (!arePadsNarrow(axes))
    return mapAxes(writer, inputAt(call), meanMatrix(rows, countPadding), meanMatrix(columns, countPadding));
  const attributes = { kernel_shape: kernel, strides, pads: padsOf(axes), count_include_pad: 1 };
  const mean = writer.op('AveragePool', [inputAt(call)], attributes);
  const factors = corrections(rows, columns, countPadding);
  if (factors.every((factor) => factor === 1)) return mean;
  return writer.op('Mul', [mean, writer.real(factors, [rows.outExtent, columns.outExtent])]);
};

export const globalAvgPool: Emitter<'globalAvgPool'> = (call) => call.writer.op('GlobalAveragePool', [inputAt(call)]);

export const adaptiveAvgPool: Emitter<'adaptiveAvgPool'> = (call) => {
  const means = (bins: number, extent: number) =>
    axisMatrix(bins, extent, function* (bin) {
      const [start, end] = poolingBin(bin, bins, extent);
      for (let input = start; input < end; input++) yield [input, 1 / (end - start)] as const;
    });
  const [height, width] = inputSize(call);
  const [rows, columns] = call.node.attrs.bins;
  return mapAxes(call.writer, inputAt(call), means(rows, height), means(columns, width));
};

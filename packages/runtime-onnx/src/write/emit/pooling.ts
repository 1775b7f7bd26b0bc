import { effectiveKernel, poolingBin, resolvePads, type NodeOf } from '@atrous/core';
import { inputAt, inputSize, outputSize, type Emitter, type EmitterCall } from '../emitter.ts';
import { axisMatrix } from '../interpolation-matrix.ts';
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

function poolAxes(call: EmitterCall<Pool['kind']>): readonly [rows: PoolAxis, columns: PoolAxis] {
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

/** Windows as ONNX has them: rounded down, over an input that is padded until the last window fits. */
function windowAttributes(rows: PoolAxis, columns: PoolAxis) {
  const after = ({ after, overrun }: PoolAxis): number => after + overrun;
  return {
    kernel_shape: [rows.kernel, columns.kernel],
    strides: [rows.stride, columns.stride],
    pads: [rows.before, columns.before, after(rows), after(columns)],
  };
}

/** Padding never wins. */
export const maxPool: Emitter<'maxPool'> = (call) =>
  call.writer.op('MaxPool', [inputAt(call)], windowAttributes(...poolAxes(call)));

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

/** ONNX divides by whole windows here, which a map of factors corrects at the border: its own rules for it changed between versions. */
export const avgPool: Emitter<'avgPool'> = (call) => {
  const { writer, node } = call;
  const [rows, columns] = poolAxes(call);
  const attributes = { ...windowAttributes(rows, columns), count_include_pad: 1 };
  const mean = writer.op('AveragePool', [inputAt(call)], attributes);
  const factors = corrections(rows, columns, node.attrs.countPadding);
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

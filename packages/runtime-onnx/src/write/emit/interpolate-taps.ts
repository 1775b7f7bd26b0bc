import { resizeAxis, resizedSize, resolvePads, type NodeOf, type Pair } from '@atrous/core';
import { inputAt, inputSize, outputSize, type Emitter, type EmitterCall } from '../emitter.ts';
import { axisMatrix, type AxisMatrix } from '../interpolation-matrix.ts';
import { writeActivation } from './activation.ts';
import { mapAxes } from './map-axes.ts';

/** One axis of the taps: where each reads the resized map, and what the resized map reads. */
interface TapAxis {
  readonly attrs: NodeOf<'interpolateTaps'>['attrs'];
  readonly axis: 0 | 1;
  /** Zeros before the resized map. */
  readonly before: number;
  readonly inExtent: number;
  readonly resizedExtent: number;
  readonly outExtent: number;
}

/** What every output takes of the input along one axis: the input of tap 0, then that of tap 1, and so on. */
function tapMatrix({ attrs, axis, before, inExtent, resizedExtent, outExtent }: TapAxis): AxisMatrix {
  const [kernel, rate] = [attrs.kernel[axis], attrs.atrousRate[axis]];
  const resized = resizeAxis(attrs, axis, inExtent, resizedExtent);
  return axisMatrix(outExtent, kernel * inExtent, function* (out) {
    for (let tap = 0; tap < kernel; tap++) {
      const taps = resized[out + tap * rate - before];
      if (taps === undefined) continue;
      const { lower, upper, lowerWeight, upperWeight } = taps;
      yield [tap * inExtent + lower, lowerWeight] as const;
      yield [tap * inExtent + upper, upperWeight] as const;
    }
  });
}

function tapMatrices(call: EmitterCall<'interpolateTaps'>): readonly [rows: AxisMatrix, columns: AxisMatrix] {
  const { attrs } = call.node;
  const [inSize, outSize] = [inputSize(call), outputSize(call)];
  const resized: Pair = resizedSize(attrs.target, inSize, call.sources[1] && inputSize(call, 1));
  const pads = resolvePads({ ...attrs, strides: [1, 1] }, resized);
  const matrix = (axis: 0 | 1, before: number): AxisMatrix =>
    tapMatrix({
      ...{ attrs, axis, before },
      ...{ inExtent: inSize[axis], resizedExtent: resized[axis], outExtent: outSize[axis] },
    });
  return [matrix(0, pads.top), matrix(1, pads.left)];
}

/**
 * Resizing, shifting and summing up are linear along each axis, so that two products with a matrix do all of it: with the taps' maps of a
 * filter beside and below each other, `[n, filters, kh · h, kw · w]`. A resized map, nine times as large, is never made.
 */
export const interpolateTaps: Emitter<'interpolateTaps'> = (call) => {
  const { writer, node, params } = call;
  const { kernel, filters, activation } = node.attrs;
  const [height, width] = inputSize(call);
  const apart = writer.op('Reshape', [inputAt(call), writer.whole([-1, ...kernel, filters, height, width])]);
  const sorted = writer.op('Transpose', [apart], { perm: [0, 3, 1, 4, 2, 5] });
  const joined = writer.whole([-1, filters, kernel[0] * height, kernel[1] * width]);
  const sum = mapAxes(writer, writer.op('Reshape', [sorted, joined]), ...tapMatrices(call));
  const biases = params.biases && writer.real(Float32Array.from(params.biases.data), [filters, 1, 1]);
  return writeActivation(writer, biases ? writer.op('Add', [sum, biases]) : sum, activation);
};

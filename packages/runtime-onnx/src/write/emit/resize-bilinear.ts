import { resizeAxis, type CornerRule } from '@atrous/core';
import { inputAt, inputSize, outputSize, type Emitter, type EmitterCall } from '../emitter.ts';
import { axisMatrix, type AxisMatrix } from '../interpolation-matrix.ts';
import { writeArgMax } from './channels.ts';
import { mapAxes } from './map-axes.ts';

type Resize = EmitterCall<'resizeBilinear'> | EmitterCall<'resizeArgMax'>;

/** ONNX's name of every rule that its `Resize` has. */
const MODES: Readonly<Record<Exclude<CornerRule, 'deconvolution'>, string>> = {
  alignCorners: 'align_corners',
  halfPixel: 'half_pixel',
  asymmetric: 'asymmetric',
};

/** Zeros beyond the border: no mode of `Resize` has them. */
function byMatrices(call: Resize): string {
  const [inSize, outSize] = [inputSize(call), outputSize(call)];
  const matrix = (axis: 0 | 1): AxisMatrix => {
    const taps = resizeAxis(call.node.attrs, axis, inSize[axis], outSize[axis]);
    return axisMatrix(outSize[axis], inSize[axis], (out) => {
      const { lower, upper, lowerWeight, upperWeight } = taps[out]!;
      return [[lower, lowerWeight] as const, [upper, upperWeight] as const];
    });
  };
  return mapAxes(call.writer, inputAt(call), matrix(0), matrix(1));
}

/** Size `[n, c, h, w]` of the result, of which only the batch may be open. */
function fullSize(call: Resize): string {
  const { writer, sources } = call;
  const [batch = null, , , channels] = sources[0]!.shape;
  if (batch !== null) return writer.whole([batch, channels!, ...outputSize(call)]);
  const kept = writer.op('Shape', [inputAt(call)], { start: 0, end: 2 });
  return writer.op('Concat', [kept, writer.whole(outputSize(call))], { axis: 0 });
}

/** All four axes are told, for onnxruntime moves transposes past a `Resize` without turning its attribute `axes`. */
function resize(call: Resize): string {
  const { writer, node } = call;
  const { corners, target } = node.attrs;
  if (corners === 'deconvolution') return byMatrices(call);
  const size =
    target.kind === 'scale'
      ? ['', writer.real(Float32Array.of(1, 1, ...target.factor), [4])]
      : ['', '', fullSize(call)];
  return writer.op('Resize', [inputAt(call), ...size], {
    mode: 'linear',
    coordinate_transformation_mode: MODES[corners],
  });
}

export const resizeBilinear: Emitter<'resizeBilinear'> = resize;

/** onnxruntime has no kernel for both. */
export const resizeArgMax: Emitter<'resizeArgMax'> = (call) => writeArgMax(call.writer, resize(call));

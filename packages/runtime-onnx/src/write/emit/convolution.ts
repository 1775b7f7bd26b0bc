import { resolvePads, type Tensor, type WindowGeometry } from '@atrous/core';
import { inputAt, inputSize, type Emitter, type EmitterCall } from '../emitter.ts';
import { writeActivation } from './activation.ts';

/** Filters `[kh, kw, in, out]` as ONNX has them: `[out, in, kh, kw]`. */
function denseFilters({ shape, data }: Tensor): Tensor {
  const [kh = 1, kw = 1, channels = 1, filters = 1] = shape;
  const taps = kh * kw;
  const out = new Float32Array(data.length);
  for (let tap = 0; tap < taps; tap++)
    for (let c = 0; c < channels; c++)
      for (let f = 0; f < filters; f++)
        out[(f * channels + c) * taps + tap] = data[(tap * channels + c) * filters + f]!;
  return { shape: [filters, channels, kh, kw], data: out };
}

/** Filters `[kh, kw, c, multiplier]` as ONNX has them: `[c · multiplier, 1, kh, kw]`. */
function depthwiseFilters({ shape, data }: Tensor): Tensor {
  const [kh = 1, kw = 1, channels = 1, multiplier = 1] = shape;
  return denseFilters({ shape: [kh, kw, 1, channels * multiplier], data });
}

/** Every padding rule as rows and columns before and after, in ONNX's order. */
function padsOf(window: WindowGeometry, size: readonly [number, number]): readonly number[] {
  const { top, left, bottom, right } = resolvePads(window, size);
  return [top, left, bottom, right];
}

function convolve(
  call: EmitterCall<'conv2d'> | EmitterCall<'depthwiseConv2d'>,
  filters: string,
  group: number,
): string {
  const { writer, node, params } = call;
  const { kernel, strides, atrousRate, activation } = node.attrs;
  const biases = params.biases && [writer.weight(node.params.biases!.name, () => params.biases!)];
  const y = writer.op('Conv', [inputAt(call), filters, ...(biases ?? [])], {
    kernel_shape: kernel,
    strides,
    dilations: atrousRate,
    pads: padsOf(node.attrs, inputSize(call)),
    group,
  });
  return writeActivation(writer, y, activation);
}

export const conv2d: Emitter<'conv2d'> = (call) => {
  const filters = call.writer.weight(call.node.params.weights!.name, () => denseFilters(call.params.weights!));
  return convolve(call, filters, 1);
};

export const depthwiseConv2d: Emitter<'depthwiseConv2d'> = (call) => {
  const { writer, node, params, sources } = call;
  const filters = writer.weight(node.params.depthwiseWeights!.name, () => depthwiseFilters(params.depthwiseWeights!));
  return convolve(call, filters, sources[0]!.shape[3]!);
};

import type { Activation } from '@atrous/core';
import { inputAt, type Emitter } from '../emitter.ts';
import type { ModelWriter } from '../model-writer.ts';

type Write = (writer: ModelWriter, x: string) => string;

const FUNCTIONS: { readonly [A in Activation]: Write } = {
  linear: (_writer, x) => x,
  relu: (writer, x) => writer.op('Relu', [x]),
  relu6: (writer, x) =>
    writer.op('Clip', [x, writer.real(Float32Array.of(0), []), writer.real(Float32Array.of(6), [])]),
  leakyRelu: (writer, x) => writer.op('LeakyRelu', [x], { alpha: { float: 0.1 } }),
  hardSigmoid: (writer, x) => writer.op('HardSigmoid', [x], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } }),
  hardSwish: (writer, x) => writer.op('HardSwish', [x]),
  sigmoid: (writer, x) => writer.op('Sigmoid', [x]),
  silu: (writer, x) => writer.op('Mul', [x, writer.op('Sigmoid', [x])]),
};

/** Writes an elementwise function of a value, as the ops that carry a fused activation finish. */
export const writeActivation = (writer: ModelWriter, x: string, fn: Activation): string => FUNCTIONS[fn](writer, x);

export const activation: Emitter<'activation'> = (call) =>
  writeActivation(call.writer, inputAt(call), call.node.attrs.fn);

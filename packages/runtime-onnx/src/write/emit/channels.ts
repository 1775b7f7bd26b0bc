import { inputAt, type Emitter } from '../emitter.ts';
import type { ModelWriter } from '../model-writer.ts';
import { elementTypes } from '../onnx-model.ts';

/** Channels come second. */
const axis = 1;

export const batchNorm: Emitter<'batchNorm'> = (call) => {
  const { writer, node, params } = call;
  const roles = ['gamma', 'beta', 'movingMean', 'movingVariance'] as const;
  const weights = roles.map((role) => writer.weight(node.params[role]!.name, () => params[role]!));
  return writer.op('BatchNormalization', [inputAt(call), ...weights], { epsilon: { float: node.attrs.epsilon } });
};

/** Drops nothing at inference. */
export const dropout: Emitter<'dropout'> = (call) => inputAt(call);

export const softmax: Emitter<'softmax'> = (call) =>
  call.writer.op(call.node.attrs.log ? 'LogSoftmax' : 'Softmax', [inputAt(call)], { axis });

/** ONNX's ids are int64; the lowest wins ties. */
export function writeArgMax(writer: ModelWriter, x: string): string {
  const ids = writer.op('ArgMax', [x], { axis, keepdims: 1, select_last_index: 0 });
  return writer.op('Cast', [ids], { to: elementTypes.int32 });
}

export const argMax: Emitter<'argMax'> = (call) => writeArgMax(call.writer, inputAt(call));

export const concat: Emitter<'concat'> = ({ writer, inputs }) => writer.op('Concat', inputs, { axis });

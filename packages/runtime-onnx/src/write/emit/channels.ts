import { inputAt, type Emitter } from '../emitter.ts';

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
export const argMax: Emitter<'argMax'> = ({ writer, inputs }) => {
  const ids = writer.op('ArgMax', inputs, { axis, keepdims: 1, select_last_index: 0 });
  return writer.op('Cast', [ids], { to: 6 });
};

export const concat: Emitter<'concat'> = ({ writer, inputs }) => writer.op('Concat', inputs, { axis });

import { inputAt, type Emitter } from '../emitter.ts';

/** Zeros around height and width. */
export const pad: Emitter<'pad'> = (call) => {
  const { writer, node } = call;
  const { top, bottom, left, right } = node.attrs.pads;
  return writer.op('Pad', [inputAt(call), writer.whole([0, 0, top, left, 0, 0, bottom, right])]);
};

/** ONNX calls our two orders `CRD` and `DCR`. */
export const depthToSpace: Emitter<'depthToSpace'> = (call) => {
  const { blockSize, order } = call.node.attrs;
  return call.writer.op('DepthToSpace', [inputAt(call)], {
    blocksize: blockSize,
    mode: order === 'crr' ? 'CRD' : 'DCR',
  });
};

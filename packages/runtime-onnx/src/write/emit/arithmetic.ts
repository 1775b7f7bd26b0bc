import type { Emitter } from '../emitter.ts';
import { writeActivation } from './activation.ts';

/** Two by two: onnxruntime fuses `Add` into convolutions, but not `Sum`. */
export const add: Emitter<'add'> = ({ writer, node, inputs }) =>
  writeActivation(
    writer,
    inputs.reduce((sum, input) => writer.op('Add', [sum, input])),
    node.attrs.activation,
  );

export const maximum: Emitter<'maximum'> = ({ writer, inputs }) => writer.op('Max', inputs);

/** Rows and columns of the second factor are repeated where it has only one. */
export const multiply: Emitter<'multiply'> = ({ writer, inputs }) => writer.op('Mul', inputs);

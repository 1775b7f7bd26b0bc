import type { Node, NodeOf, OpKind, Tensor } from '@atrous/core';
import type { ModelWriter } from './model-writer.ts';

/** What an emitter is given to write one node, whose height and width are known. */
export interface EmitterCall<K extends OpKind> {
  readonly writer: ModelWriter;
  readonly node: NodeOf<K>;
  /** The nodes it reads, for their shapes. */
  readonly sources: readonly Node[];
  /** Names of their values, `[n, c, h, w]`. */
  readonly inputs: readonly string[];
  /** Parameters by role, as in the node. */
  readonly params: Readonly<Record<string, Tensor>>;
}

/** Writes a node's operators and returns the name of the result, `[n, c, h, w]`. */
export type Emitter<K extends OpKind> = (call: EmitterCall<K>) => string;

/** The input at `index`; core has checked that it is there. */
export const inputAt = (call: EmitterCall<OpKind>, index = 0): string => call.inputs[index]!;

/** Height and width of the input at `index`. */
export function inputSize(call: EmitterCall<OpKind>, index = 0): readonly [height: number, width: number] {
  const [, height, width] = call.sources[index]!.shape;
  return [height!, width!];
}

/** Height and width of the result. */
export function outputSize({ node }: EmitterCall<OpKind>): readonly [height: number, width: number] {
  const [, height, width] = node.shape;
  return [height!, width!];
}

/** Names and numbers of ONNX's element types: only those that our graphs need. */
export const elementTypes = { float32: 1, int32: 6, int64: 7 } as const;

export type ElementType = keyof typeof elementTypes;

/** A constant of the model: a weight, or a size that an op takes as an input. */
export interface OnnxConstant {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Little endian, row-major. */
  readonly bytes: Uint8Array;
}

/** An attribute: whole numbers (`ints`, or one as `int`), a real number, or text. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly ints: readonly number[] };

/** One operator call. Values are told by name; an empty name is an input that is left away. */
export interface OnnxNode {
  readonly name: string;
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** A value that goes into the model or comes out of it. An extent given as text is open and bears that name. */
export interface OnnxValue {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
}

/** A model as the ONNX intermediate representation has it, before it is encoded. */
export interface OnnxModel {
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
}

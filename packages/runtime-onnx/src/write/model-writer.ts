import type { Tensor } from '@atrous/core';
import type { ElementType, OnnxAttribute, OnnxConstant, OnnxNode } from './onnx-model.ts';

/** Numbers in an attribute's place: a whole number, whole numbers, or text. Real numbers are told as `{ float }`. */
type AttributeValue = number | string | readonly number[] | { readonly float: number };

type Attributes = Readonly<Record<string, AttributeValue>>;

/** Collects the operators and constants of a model. */
export interface ModelWriter {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
  /** Adds an operator and returns the name of its result, which is unique. */
  op(type: string, inputs: readonly string[], attributes?: Attributes): string;
  /** Adds an operator whose result has this name. */
  opNamed(output: string, type: string, inputs: readonly string[], attributes?: Attributes): void;
  /** Adds float32 numbers under this name, unless they are there; `make` is only called then. */
  weight(name: string, make: () => Tensor): string;
  /** Adds whole numbers that an op takes as an input. */
  whole(values: readonly number[]): string;
  /** Adds float32 numbers that are no weights. */
  real(values: Float32Array, shape: readonly number[]): string;
}

function toAttribute(value: AttributeValue): OnnxAttribute {
  if (typeof value === 'number') return { int: value };
  if (typeof value === 'string') return { text: value };
  return 'float' in value ? value : { ints: value };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Int32Array | BigInt64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** A model without anything in it. */
export function createModelWriter(): ModelWriter {
  const nodes: OnnxNode[] = [];
  const constants = new Map<string, OnnxConstant>();
  const add = (
    name: string,
    type: ElementType,
    shape: readonly number[],
    data: Float32Array | Int32Array | BigInt64Array,
  ): string => {
    constants.set(name, { name, type, shape, bytes: bytesOf(data) });
    return name;
  };
  // A colon and a number never end the names of nodes and parameters.
  const opNamed: ModelWriter['opNamed'] = (output, type, inputs, attributes = {}) => {
    const entries = Object.entries(attributes).map(([name, value]) => [name, toAttribute(value)] as const);
    const name = `${type}:${nodes.length}`;
    nodes.push({ name, type, inputs, output, attributes: Object.fromEntries(entries) });
  };
  return {
    nodes,
    get constants() {
      return [...constants.values()];
    },
    opNamed,
    op(type, inputs, attributes) {
      const output = `value:${nodes.length}`;
      opNamed(output, type, inputs, attributes);
      return output;
    },
    weight(name, make) {
      if (constants.has(name)) return name;
      const { shape, data } = make();
      return add(name, 'float32', shape, data instanceof Float32Array ? data : Float32Array.from(data));
    },
    whole: (values) =>
      add(
        `constant:${constants.size}`,
        'int64',
        [values.length],
        BigInt64Array.from(values, (value) => BigInt(value)),
      ),
    real: (values, shape) => add(`constant:${constants.size}`, 'float32', shape, values),
  };
}

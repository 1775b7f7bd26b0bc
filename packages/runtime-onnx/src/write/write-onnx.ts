import {
  checkWeights,
  inputsOf,
  ShapeError,
  UnsupportedError,
  type Fusion,
  type Graph,
  type Node,
  type OpKind,
  type Tensor,
  type Weights,
} from '@atrous/core';
import type { Emitter } from './emitter.ts';
import { emitters } from './emitters.ts';
import { encodeModel } from './encode-model.ts';
import { createModelWriter, type ModelWriter } from './model-writer.ts';
import type { OnnxValue } from './onnx-model.ts';

/** What `optimize` may do to graphs that are written as ONNX. onnxruntime gains nothing by `resizeArgMax`. */
export const onnxTarget: readonly Fusion[] = ['broadcastAdd', 'interpolateTaps'];

/** Options of {@link writeOnnx}. */
export interface WriteOnnxOptions {
  /** How inputs and outputs lie in memory: `nchw` is that of models that PyTorch exports, and saves a transpose at either end. Default `nhwc`. */
  readonly layout?: 'nhwc' | 'nchw' | undefined;
}

type Layout = NonNullable<WriteOnnxOptions['layout']>;

function checkSize({ name, shape }: Node): void {
  if (typeof shape[1] === 'number' && typeof shape[2] === 'number') return;
  throw new ShapeError(`"${name}" has an open height or width, which ONNX is not written with`, {
    hint: 'fix the size first: withInputShape(graph, [null, 513, 513, 3])',
  });
}

function emitterOf({ kind, name }: Node): Emitter<OpKind> {
  if (kind === 'custom' || kind === 'input')
    throw new UnsupportedError(`"${name}" is of the kind "${kind}", which ONNX has no operators for here`, {
      hint: 'leave custom ops outside the graph, or run it with the onnx runtime',
    });
  return emitters[kind] as Emitter<OpKind>;
}

/** Batches may stay open: no operator's constants depend on them. */
function toValue(name: string, { kind, shape }: Node, layout: Layout): OnnxValue {
  const [n, h, w, c] = shape.map((extent) => extent ?? 'n');
  return {
    name,
    type: kind === 'argMax' || kind === 'resizeArgMax' ? 'int32' : 'float32',
    shape: (layout === 'nhwc' ? [n, h, w, c] : [n, c, h, w]) as OnnxValue['shape'],
  };
}

function writeNodes(graph: Graph, weights: Weights, writer: ModelWriter, layout: Layout): ReadonlyMap<string, string> {
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  const values = new Map<string, string>();
  for (const node of graph.nodes) {
    checkSize(node);
    if (node.kind === 'input') {
      const perm = [0, 3, 1, 2];
      values.set(node.name, layout === 'nhwc' ? writer.op('Transpose', [node.name], { perm }) : node.name);
      continue;
    }
    const params = Object.entries(node.params).map(([role, { name }]) => [role, weights.get(name) as Tensor] as const);
    const value = emitterOf(node)({
      writer,
      node,
      sources: node.inputs.map((input) => byName.get(input) as Node),
      inputs: node.inputs.map((input) => values.get(input) as string),
      params: Object.fromEntries(params),
    });
    values.set(node.name, value);
  }
  return values;
}

/**
 * Writes a network as an ONNX model (opset 18).
 *
 * Inputs and outputs are `[n, h, w, c]` like the graph's unless `layout` says otherwise, under the same names; an `argMax` comes out as int32.
 * Inside it is `[n, c, h, w]`.
 *
 * @param graph of known height and width; the batch may be open. It is written as it stands: run `optimize` for {@link onnxTarget} before.
 * @returns the bytes of a `.onnx` file.
 * @throws ShapeError when height or width are open, or an output is called like an input.
 * @throws UnsupportedError when there is a custom op.
 * @throws WeightsError when a parameter is missing, has the wrong shape or is not finite.
 */
export function writeOnnx(graph: Graph, weights: Weights, { layout = 'nhwc' }: WriteOnnxOptions = {}): Uint8Array {
  checkWeights(graph, weights);
  const writer = createModelWriter();
  const values = writeNodes(graph, weights, writer, layout);
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  const inputs = inputsOf(graph).map((node) => toValue(node.name, node, layout));
  const outputs = Object.entries(graph.outputs).map(([output, name]) => {
    if (inputs.some((input) => input.name === output))
      throw new ShapeError(`an input and an output are both called "${output}"`, { hint: 'rename the output' });
    const value = values.get(name) as string;
    if (layout === 'nhwc') writer.opNamed(output, 'Transpose', [value], { perm: [0, 2, 3, 1] });
    else writer.opNamed(output, 'Identity', [value]);
    return toValue(output, byName.get(name) as Node, layout);
  });
  return encodeModel({ inputs, outputs, nodes: writer.nodes, constants: writer.constants });
}

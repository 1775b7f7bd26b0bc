import { PbfWriter } from 'pbf';
import {
  elementTypes,
  type OnnxAttribute,
  type OnnxConstant,
  type OnnxModel,
  type OnnxNode,
  type OnnxValue,
} from './onnx-model.ts';

/** The opset that the emitters are written for, and the version of the file format that came with it. */
const OPSET = 18;
const IR_VERSION = 8;

/** Values of `AttributeProto.AttributeType`. */
const [FLOAT, INT, STRING, INTS] = [1, 2, 3, 7];

/** Bytes that a model takes beside its weights, about. */
const BYTES_PER_NODE = 256;

function writeAttribute([name, attribute]: readonly [string, OnnxAttribute], writer: PbfWriter): void {
  writer.writeStringField(1, name);
  if ('float' in attribute) writer.writeFloatField(2, attribute.float);
  else if ('int' in attribute) writer.writeVarintField(3, attribute.int);
  else if ('text' in attribute) writer.writeStringField(4, attribute.text);
  else for (const value of attribute.ints) writer.writeVarintField(8, value);
  const type = 'float' in attribute ? FLOAT : 'int' in attribute ? INT : 'text' in attribute ? STRING : INTS;
  writer.writeVarintField(20, type);
}

function writeNode({ name, type, inputs, output, attributes }: OnnxNode, writer: PbfWriter): void {
  for (const input of inputs) writer.writeStringField(1, input);
  writer.writeStringField(2, output);
  writer.writeStringField(3, name);
  writer.writeStringField(4, type);
  for (const attribute of Object.entries(attributes)) writer.writeMessage(5, writeAttribute, attribute);
}

function writeConstant({ name, type, shape, bytes }: OnnxConstant, writer: PbfWriter): void {
  for (const extent of shape) writer.writeVarintField(1, extent);
  writer.writeVarintField(2, elementTypes[type]);
  writer.writeStringField(8, name);
  writer.writeBytesField(9, bytes);
}

function writeDim(extent: number | string, writer: PbfWriter): void {
  if (typeof extent === 'number') writer.writeVarintField(1, extent);
  else writer.writeStringField(2, extent);
}

function writeValue({ name, type, shape }: OnnxValue, writer: PbfWriter): void {
  const writeShape = (_: unknown, dims: PbfWriter): void => {
    for (const extent of shape) dims.writeMessage(1, writeDim, extent);
  };
  const writeTensor = (_: unknown, tensor: PbfWriter): void => {
    tensor.writeVarintField(1, elementTypes[type]);
    tensor.writeMessage(2, writeShape, undefined);
  };
  writer.writeStringField(1, name);
  writer.writeMessage(2, (_, proto) => proto.writeMessage(1, writeTensor, undefined), undefined);
}

function writeGraph({ nodes, constants, inputs, outputs }: OnnxModel, writer: PbfWriter): void {
  for (const node of nodes) writer.writeMessage(1, writeNode, node);
  writer.writeStringField(2, 'atrous');
  for (const constant of constants) writer.writeMessage(5, writeConstant, constant);
  for (const input of inputs) writer.writeMessage(11, writeValue, input);
  for (const output of outputs) writer.writeMessage(12, writeValue, output);
}

function writeOpset(version: number, writer: PbfWriter): void {
  writer.writeStringField(1, '');
  writer.writeVarintField(2, version);
}

/**
 * Encodes the message `ModelProto` of onnx.proto, as far as our graphs need it.
 *
 * @returns protocol buffer bytes: what stands in a `.onnx` file.
 */
export function encodeModel(model: OnnxModel): Uint8Array {
  const weights = model.constants.reduce((sum, { bytes, name }) => sum + bytes.length + name.length + 64, 0);
  const writer = new PbfWriter(new Uint8Array(weights + (model.nodes.length + 8) * BYTES_PER_NODE));
  writer.writeVarintField(1, IR_VERSION);
  writer.writeStringField(2, 'atrous');
  writer.writeMessage(7, writeGraph, model);
  writer.writeMessage(8, writeOpset, OPSET);
  return writer.finish();
}

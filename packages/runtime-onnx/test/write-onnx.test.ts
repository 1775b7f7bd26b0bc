import { createGraphBuilder, defineOp, tensor, withInputShape, type Graph, type Tensor } from '@atrous/core';
import { referenceRuntime } from '@atrous/runtime-reference';
import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { writeOnnx } from '../src/write/write-onnx.ts';

const image = tensor(
  Float32Array.from({ length: 2 * 4 * 6 * 3 }, (_, i) => Math.sin(i)),
  [2, 4, 6, 3],
);

/** A filter, an enlargement and the labels, for pictures of 4 × 6 pixels. */
function network(): Graph {
  const b = createGraphBuilder();
  const x = b.input({ shape: [null, 4, 6, 3] });
  const logits = b.conv2d(x, { name: 'logits', filters: 5, kernel: 3, stride: 2, useBias: true });
  return b.build({ logits, labels: b.argMax(b.resizeBilinear(logits, { corners: 'halfPixel', like: x })) });
}

const weights = new Map<string, Tensor>([
  [
    'logits/weights',
    tensor(
      Float32Array.from({ length: 135 }, (_, i) => Math.cos(i)),
      [3, 3, 3, 5],
    ),
  ],
  ['logits/biases', tensor(Float32Array.of(0, 1, 2, 3, 4), [5])],
]);

describe('writeOnnx', () => {
  it('writes a model that says its names and shapes, and takes any number of pictures', async () => {
    const session = await InferenceSession.create(writeOnnx(network(), weights));
    expect(session.inputMetadata).toMatchObject([{ name: 'image', type: 'float32', shape: ['n', 4, 6, 3] }]);
    expect(session.outputMetadata).toMatchObject([
      { name: 'logits', type: 'float32', shape: ['n', 2, 3, 5] },
      { name: 'labels', type: 'int32', shape: ['n', 4, 6, 1] },
    ]);
    const { logits, labels } = await session.run({ image: new OnnxTensor('float32', image.data, image.shape) });
    using executable = await referenceRuntime().compile(network(), weights);
    const expected = await executable.run(image);
    expect(labels?.data).toEqual(expected.labels?.data);
    for (const [i, value] of (logits?.data as Float32Array).entries())
      expect(value).toBeCloseTo(expected.logits?.data[i] ?? NaN, 4);
  });

  it('writes inputs and outputs with their channels first, where it is told to', async () => {
    const [channelsLast, channelsFirst] = await Promise.all(
      [writeOnnx(network(), weights), writeOnnx(network(), weights, { layout: 'nchw' })].map((model) =>
        InferenceSession.create(model),
      ),
    );
    expect(channelsFirst?.inputMetadata).toMatchObject([{ shape: ['n', 3, 4, 6] }]);
    expect(channelsFirst?.outputMetadata).toMatchObject([{ shape: ['n', 5, 2, 3] }, { shape: ['n', 1, 4, 6] }]);
    const picture = image.data.subarray(0, 72);
    const turned = Float32Array.from({ length: 72 }, (_, i) => picture[(i % 24) * 3 + Math.floor(i / 24)] ?? NaN);
    const expected = await channelsLast?.run({ image: new OnnxTensor('float32', picture, [1, 4, 6, 3]) });
    const result = await channelsFirst?.run({ image: new OnnxTensor('float32', turned, [1, 3, 4, 6]) });
    const [last, first] = [expected, result].map((outputs) => [...(outputs?.logits?.data as Float32Array)]);
    expect(first).toEqual(last?.map((_, i) => last[(i % 6) * 5 + Math.floor(i / 6)]));
    expect(result?.labels?.data).toEqual(expected?.labels?.data);
  });

  it('refuses graphs of open size, custom ops, names that clash and weights that are missing', () => {
    const open = createGraphBuilder();
    const graph = open.build({ y: open.activation(open.input(), 'relu') });
    expect(() => writeOnnx(graph, new Map())).toThrow('"image" has an open height or width');
    expect(() => writeOnnx(withInputShape(graph, [1, 2, 2, 3]), new Map())).not.toThrow();
    const b = createGraphBuilder();
    const x = b.input({ shape: [1, 2, 2, 3] });
    expect(() => writeOnnx(b.build({ image: b.activation(x, 'relu') }), new Map())).toThrow('both called "image"');
    const op = defineOp({
      name: 'mine',
      description: '',
      inferShape: ([shape]) => shape ?? [],
      reference: ([y]) => y as Tensor,
    });
    const custom = b.build({ y: b.custom(op, [x], { name: 'own' }) });
    expect(() => writeOnnx(custom, new Map())).toThrow(expect.objectContaining({ code: 'UNSUPPORTED' }) as Error);
    expect(() => writeOnnx(network(), new Map())).toThrow(expect.objectContaining({ code: 'WEIGHT_MISSING' }) as Error);
  });
});

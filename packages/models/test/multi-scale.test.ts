import { vgg16 } from '@atrous/backbones/vgg16';
import { analyze, createGraphBuilder, parametersOf, retarget, ShapeError, tensor, type Graph } from '@atrous/core';
import { buildModel, deeplabV2, multiScale, type MultiScaleOptions } from '@atrous/models';
import { referenceRuntime } from '@atrous/runtime-reference';
import { describe, expect, it } from 'vitest';

/** Mean of the sum over 3 × 3 pixels, and its negative: zeros beyond the border make it depend on the image's size. */
function meanOfSums(): Graph {
  const builder = createGraphBuilder();
  const sums = builder.conv2d(builder.input({ shape: [null, null, null, 1] }), {
    name: 'conv',
    filters: 2,
    kernel: 3,
  });
  return builder.build({ logits: builder.globalAvgPool(sums, { name: 'mean' }) });
}

/** What {@link meanOfSums} gives for an image of ones. */
const meanAt = (size: number): number => (3 - 2 / size) ** 2;

async function run(options: MultiScaleOptions): Promise<Record<string, readonly number[]>> {
  const kernel = Float32Array.from({ length: 18 }, (_, i) => 1 - 2 * (i % 2));
  const graph = multiScale(meanOfSums(), options);
  using executable = await referenceRuntime().compile(graph, new Map([['conv/weights', tensor(kernel, [3, 3, 1, 2])]]));
  const outputs = await executable.run(tensor(new Float32Array(256).fill(1), [1, 16, 16, 1]));
  return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, [...data]]));
}

describe('multi-scale input', () => {
  const network = deeplabV2({ backbone: vgg16() });

  it('gives the logits at every scale, and their largest at the size of the image as it is', () => {
    const { nodes } = analyze(multiScale(network), [1, 96, 128, 3]);
    const shapes = new Map(nodes.map(({ node, shape }) => [node.name, shape]));
    const outputs = Object.entries(multiScale(network).outputs).map(([name, node]) => [name, shapes.get(node)]);
    expect(outputs).toEqual([
      ['logits', [1, 13, 17, 21]],
      ['logits_x1', [1, 13, 17, 21]],
      ['logits_x0.5', [1, 7, 9, 21]],
      ['logits_x0.75', [1, 10, 13, 21]],
    ]);
  });

  it('has the parameters of the network, once', () => {
    expect(parametersOf(multiScale(network))).toEqual(parametersOf(network));
  });

  it.each([[[]], [[0.5]], [[0.5, 0.75]], [[0.5, 0.75, 1.25, 1.5]]])(
    'keeps the largest of the scales 1 and %o',
    async (scales) => {
      const means = [1, ...scales].map((scale) => meanAt(16 * scale));
      const outputs = await run({ scales });
      const [positive, negative] = outputs.logits as [number, number];
      expect(positive).toBeCloseTo(Math.max(...means), 5);
      expect(negative).toBeCloseTo(-Math.min(...means), 5);
      for (const scale of scales) expect(outputs[`logits_x${scale}`]?.[0]).toBeCloseTo(meanAt(16 * scale), 5);
    },
  );

  it('refuses a network without logits, and a scale of nothing', () => {
    const builder = createGraphBuilder();
    const scores = builder.build({ scores: builder.input() });
    expect(() => multiScale(scores)).toThrow(ShapeError);
    expect(() => multiScale(network, { scales: [0] })).toThrow('scales is 0');
    expect(() => buildModel({ name: 'deeplab-v2', config: { imageScales: 0.5 } })).toThrow('imageScales is 0.5');
  });

  it('keeps the rates of the network, and therefore its output stride', () => {
    expect(analyze(multiScale(network), [1, 96, 128, 3]).outputStride).toBe(8);
    expect(() => retarget(multiScale(network), 16)).toThrow(ShapeError);
  });
});

import { analyze, defineBackbone, retarget, tensor, type Graph } from '@atrous/core';
import { contextModule, identityContextWeights, passThrough } from '@atrous/heads';
import { buildModel, dilatedContext, dilatedFrontEnd, variants } from '@atrous/models';
import { referenceRuntime } from '@atrous/runtime-reference';
import { describe, expect, it } from 'vitest';

const logitsShape = (graph: Graph, size: number): readonly number[] | undefined =>
  analyze(graph, [1, size, size, 3]).nodes.at(-1)?.shape;

const parameters = (graph: Graph): number => analyze(graph, [1, 380, 380, 3]).parameters;

describe("Yu and Koltun's networks", () => {
  it('have an eighth of the image without its border of 186 pixels', () => {
    expect(logitsShape(dilatedFrontEnd(), 900)).toEqual([1, 66, 66, 21]);
    expect(logitsShape(dilatedFrontEnd({ numClasses: 19 }), 405)).toEqual([1, 5, 5, 19]);
    expect(logitsShape(dilatedContext(), 900)).toEqual([1, 66, 66, 21]);
  });

  // Input sizes of the released networks.
  it.each([
    ['dilation8-large-vgg16', 900, 900, [66, 66]],
    ['dilation8-vgg16-camvid', 900, 1100, [66, 91]],
    ['dilation7-vgg16-kitti', 852, 1640, [60, 159]],
    ['dilation10-vgg16-cityscapes', 1396, 1396, [1024, 1024]],
  ])('%s gives of %i × %i pixels %j scores', (name, height, width, size) => {
    const { model } = variants.find((variant) => variant.name === name)!;
    expect(analyze(buildModel(model), [1, height, width, 3]).nodes.at(-1)?.shape.slice(1, 3)).toEqual(size);
  });

  it('have the parameters of VGG-16, and of the context module', () => {
    expect(parameters(dilatedFrontEnd())).toBe(134_346_581);
    expect(parameters(dilatedContext())).toBe(134_346_581 + 28_392);
  });

  it('see 380 pixels, and 66 positions of eight pixels more with the context module', () => {
    const sees = (graph: Graph) => analyze(graph, [1, 900, 900, 3]).nodes.at(-1)?.receptiveField.size;
    expect(sees(dilatedFrontEnd())).toEqual([380, 380]);
    expect(sees(dilatedContext())).toEqual([380 + 66 * 8, 380 + 66 * 8]);
  });

  it('pass scores on, rectified, with the weights that training starts from; Dilation10 fades at borders as Caffe does', async () => {
    const everyEighth = defineBackbone({
      name: 'every-eighth',
      description: 'Every eighth pixel of the image',
      defaults: {},
      build(builder, image) {
        const pool = { name: 'pool', kernel: 1, stride: 8, padding: 'valid', nominal: true } as const;
        return { c5: builder.feature(builder.maxPool(image, pool)) };
      },
    });
    const graph = dilatedContext({
      backbone: everyEighth(),
      head: passThrough(),
      context: contextModule({ atrousRates: [1, 1, 2, 4, 8, 16, 32, 64] }),
      numClasses: 2,
      enlargement: 8,
    });
    const weights = new Map([
      ...identityContextWeights(graph),
      ['logits/weights', tensor(Float32Array.of(1, -1, 1, -1, 1, -1), [1, 1, 3, 2])],
      ['logits/biases', tensor(new Float32Array(2), [2])],
    ] as const);
    using executable = await referenceRuntime().compile(graph, weights);
    const { logits } = await executable.run(tensor(new Float32Array(16 * 16 * 3).fill(1), [1, 16, 16, 3]));
    expect(logits?.shape).toEqual([1, 16, 16, 2]);
    const scoresAt = (pixel: number) => [...(logits?.data.slice(pixel * 2, pixel * 2 + 2) ?? [])];
    expect(scoresAt(8 * 16 + 8)).toEqual([3, 0]);
    // The first pixel's coordinate is -7/16 on both axes: 9/16 of the first score, and nothing of what is beyond the border.
    expect(scoresAt(0)).toEqual([3 * (9 / 16) ** 2, 0]);
  });

  it('retarget', () => {
    const options = { context: contextModule({ width: 'large', padding: 'once' }), enlargement: 8 } as const;
    expect(retarget(dilatedContext(options), 16)).toEqual(dilatedContext({ ...options, outputStride: 16 }));
  });

  it('share the names of the front end', () => {
    const names = ({ nodes }: Graph) => nodes.flatMap(({ params }) => Object.values(params).map(({ name }) => name));
    const context = contextModule({ width: 'large', padding: 'once' });
    expect(names(dilatedContext({ context }))).toEqual(expect.arrayContaining(names(dilatedFrontEnd())));
  });
});

import {
  analyze,
  createGraphBuilder,
  type Features,
  type Graph,
  type GraphBuilder,
  type Head,
  type HeadFactory,
  type Node,
} from '@atrous/core';
import { describe, expect, it } from 'vitest';
import { IMAGE_SIZES, OUTPUT_STRIDES, type PartContract } from './part-contract.ts';
import { testRebuilding } from './test-rebuilding.ts';

const SCOPE = 'head';

/** Options of `testHead`. */
export interface HeadContract<Options> extends PartContract<Options> {
  /** Features besides `c1` … `c5`, by name: made of the deepest feature by a 1×1 convolution. */
  readonly features?: readonly string[];
  /** Stride of the map that comes out. Default: the output stride. */
  readonly stride?: number;
}

/** `c1` … `c5` at 2 … 32, or at the output stride, of 4 … 20 channels. */
function toyBackbone(builder: GraphBuilder, image: Node, more: readonly string[]): Features {
  let x = image;
  const features: Record<string, Features[string]> = {};
  for (const [i, filters] of [4, 10, 12, 16, 20].entries()) {
    x = builder.conv2d(x, { name: `stage${i + 1}`, filters, kernel: 3, stride: 2, nominal: true });
    features[`c${i + 1}`] = builder.feature(x);
  }
  for (const name of more) features[name] = builder.feature(builder.conv2d(x, { name, filters: 30, kernel: 1 }));
  return features;
}

interface Built {
  readonly graph: Graph;
  readonly out: string;
}

function build(head: Head, outputStride: number, more: readonly string[], imageChannels = 3): Built {
  const builder = createGraphBuilder({ outputStride });
  const image = builder.input({ shape: [null, null, null, imageChannels] });
  const out = head.build(builder.scope(SCOPE), toyBackbone(builder, image, more), image);
  return { graph: builder.build({ out }), out: out.name };
}

/**
 * The vitest suite that every head has to pass. Call it at the top of a test file.
 *
 * Upon a toy backbone: the map that comes out has the stride that is promised at every output stride and image size; retargeting equals
 * building there and keeps every parameter; graph and options are JSON; images may have other channels than three; a backbone without the
 * features is refused.
 *
 * @example
 * testHead(aspp, { options: [{ separable: true }] });
 */
export function testHead<Options>(factory: HeadFactory<string, Options>, contract: HeadContract<Options> = {}): void {
  const { options = [], outputStrides = OUTPUT_STRIDES, ops = [], features = [], imageSizes = IMAGE_SIZES } = contract;
  const [first = 16] = outputStrides;
  describe.each([{}, ...options])(`head "${factory.name}" with %j`, (given) => {
    const make = (): Head => factory(given);
    const at = (outputStride: number): Built => build(make(), outputStride, features);

    describe.each(outputStrides)('at output stride %i', (outputStride) => {
      const stride = contract.stride ?? outputStride;
      it.each(imageSizes)(`answers images of %i × %i with a map of stride ${stride}`, (height, width) => {
        const { graph, out } = at(outputStride);
        const { nodes } = analyze(graph, [2, height, width, 3], { ops });
        const { shape } = nodes.find(({ node }) => node.name === out)!;
        expect(shape.slice(0, 3)).toEqual([2, Math.ceil(height / stride), Math.ceil(width / stride)]);
      });
    });

    testRebuilding({ graphAt: (outputStride) => at(outputStride).graph, outputStrides, scope: SCOPE, ops });

    it('is built again from its options as JSON', () => {
      const again = factory(JSON.parse(JSON.stringify(make().options)) as Options & object);
      expect(build(again, first, features).graph).toEqual(at(first).graph);
    });

    it('takes images of other channels', () => {
      const channelsAt = ({ graph, out }: Built) => graph.nodes.find(({ name }) => name === out)?.shape[3];
      const other = build(make(), first, features, 5);
      expect(channelsAt(other)).toBe(channelsAt(at(first)));
      expect(() => analyze(other.graph, [1, 64, 96, 5], { ops })).not.toThrow();
    });

    it('refuses a backbone without the features it reads, by name', () => {
      const builder = createGraphBuilder({ outputStride: first });
      const image = builder.input();
      const c0 = builder.feature(image);
      expect(() => make().build(builder, { c0 }, image)).toThrow(/needs the feature "\w+", the backbone has c0/);
    });
  });
}

import {
  analyze,
  createGraphBuilder,
  type Backbone,
  type BackboneFactory,
  type Features,
  type Graph,
  type Shape,
} from '@atrous/core';
import { describe, expect, it } from 'vitest';
import { IMAGE_SIZES, OUTPUT_STRIDES, type PartContract } from './part-contract.ts';
import { testRebuilding } from './test-rebuilding.ts';

const SCOPE = 'backbone';

interface Built {
  readonly graph: Graph;
  readonly features: Features;
}

function build(backbone: Backbone, outputStride: number, shape: Shape = [null, null, null, 3]): Built {
  const builder = createGraphBuilder({ outputStride });
  const features = backbone.build(builder.scope(SCOPE), builder.input({ shape }));
  const nodes = Object.entries(features).map(([level, { node }]) => [level, node] as const);
  return { graph: builder.build(Object.fromEntries(nodes)), features };
}

const channelsOf = (features: Features): Record<string, number> =>
  Object.fromEntries(Object.entries(features).map(([level, { channels }]) => [level, channels]));

function testFeatures(make: () => Backbone, outputStride: number, contract: PartContract<never>): void {
  const [first = outputStride] = contract.outputStrides ?? OUTPUT_STRIDES;
  it('ends at the output stride and goes no further', () => {
    const strides = Object.values(build(make(), outputStride).features).map(({ stride }) => stride);
    expect(Math.max(...strides)).toBe(outputStride);
  });

  it('names levels by their stride in the classification network: c1 at 2, c2 at 4, …', () => {
    for (const [level, { nominalStride }] of Object.entries(build(make(), outputStride).features))
      if (/^c\d$/.test(level)) expect([level, nominalStride]).toEqual([level, 2 ** Number(level.slice(1))]);
  });

  it('tells the channels of its features', () => {
    const { features } = build(make(), outputStride);
    for (const { node, channels } of Object.values(features)) expect(channels).toBe(node.shape[3]);
    expect(channelsOf(features)).toEqual(channelsOf(build(make(), first).features));
  });

  it.each(contract.imageSizes ?? IMAGE_SIZES)('takes images of %i × %i', (height, width) => {
    const { graph, features } = build(make(), outputStride);
    const { nodes } = analyze(graph, [2, height, width, 3], { ops: contract.ops });
    const shapes = new Map(nodes.map(({ node, shape }) => [node.name, shape]));
    for (const { node, stride } of Object.values(features)) {
      const [batch, rows = 0, columns = 0] = shapes.get(node.name) ?? [];
      expect(batch).toBe(2);
      // Borders may cost or add a unit, never more.
      expect(Math.abs(rows - height / stride)).toBeLessThanOrEqual(1);
      expect(Math.abs(columns - width / stride)).toBeLessThanOrEqual(1);
    }
  });
}

/**
 * The vitest suite that every backbone has to pass. Call it at the top of a test file.
 *
 * Features stand where they say at every output stride and image size; retargeting equals building there and keeps every parameter;
 * graph and options are JSON; images may have other channels than three.
 *
 * @example
 * testBackbone(mobilenetV2, { options: [{ depthMultiplier: 0.5 }] });
 */
export function testBackbone<Options>(
  factory: BackboneFactory<string, Options>,
  contract: PartContract<Options> = {},
): void {
  const { options = [], outputStrides = OUTPUT_STRIDES, ops = [] } = contract;
  const [first = 16] = outputStrides;
  describe.each([{}, ...options])(`backbone "${factory.name}" with %j`, (given) => {
    const make = (): Backbone => factory(given);

    describe.each(outputStrides)('at output stride %i', (outputStride) => {
      testFeatures(make, outputStride, { ...contract, options: [] });
    });

    testRebuilding({ graphAt: (outputStride) => build(make(), outputStride).graph, outputStrides, scope: SCOPE, ops });

    it('is built again from its options as JSON', () => {
      const again = factory(JSON.parse(JSON.stringify(make().options)) as Options & object);
      expect(build(again, first).graph).toEqual(build(make(), first).graph);
    });

    it('takes images of other channels', () => {
      const { graph, features } = build(make(), first, [null, null, null, 5]);
      expect(channelsOf(features)).toEqual(channelsOf(build(make(), first).features));
      expect(() => analyze(graph, [1, 65, 97, 5], { ops })).not.toThrow();
    });
  });
}

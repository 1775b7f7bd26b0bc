import { griddingStacks } from '@atrous/atrous-ops';
import { createGraphBuilder, type GraphBuilder, type Node } from '@atrous/core';
import { describe, expect, it } from 'vitest';

const conv = (builder: GraphBuilder, x: Node, atrousRate: number, kernel = 3): Node =>
  builder.conv2d(x, { name: `rate${atrousRate}_${x.name}`, filters: 2, kernel, atrousRate });

const chain = (builder: GraphBuilder, x: Node, rates: readonly number[]): Node =>
  rates.reduce((node, rate) => conv(builder, node, rate), x);

function stacksOf(build: (builder: GraphBuilder, image: Node) => Node) {
  const builder = createGraphBuilder();
  const graph = builder.build({ out: build(builder, builder.input()) });
  return griddingStacks(graph).map(({ atrousRates, factor }) => ({ atrousRates, factor }));
}

const ofChain = (rates: readonly number[]) => stacksOf((builder, image) => chain(builder, image, rates));

describe('griddingStacks', () => {
  it.each([
    { rates: [2, 2, 2], stack: [2, 2, 2], factor: 2 },
    { rates: [1, 2, 4, 8], stack: [2, 4, 8], factor: 2 },
    { rates: [1, 6, 12, 18], stack: [6, 12, 18], factor: 6 },
    { rates: [5, 2, 4], stack: [2, 4], factor: 2 },
  ])('finds $stack in $rates', ({ rates, stack, factor }) => {
    expect(ofChain(rates)).toEqual([{ atrousRates: stack, factor }]);
  });

  it.each([[[1, 2, 5]], [[1, 2, 5, 9, 1, 2, 5, 9]], [[1, 1, 2, 4, 8, 16, 1]], [[2, 2, 3]], [[2]], [[1, 1]]])(
    'finds none in %j',
    (rates) => {
      expect(ofChain(rates)).toEqual([]);
    },
  );

  it('looks through 1×1 convolutions, sums and shortcuts', () => {
    const stacks = stacksOf((builder, image) => {
      const once = conv(builder, conv(builder, image, 2), 1, 1);
      const twice = builder.add([conv(builder, once, 2), once]);
      return builder.add([conv(builder, twice, 4), twice]);
    });
    expect(stacks).toEqual([{ atrousRates: [2, 2, 4], factor: 2 }]);
  });

  it.each([
    { rates: [2, 2, 2], stacks: [{ atrousRates: [2, 2, 2], factor: 2 }] },
    { rates: [2, 3, 2], stacks: [] },
    { rates: [1, 2, 5, 9, 1, 2, 5, 9], stacks: [] },
    { rates: [2, 2, 1, 4, 4], stacks: [{ atrousRates: [4, 4], factor: 4 }] },
  ])('sees that shortcuts past a layer do not undo what it filled: $rates', ({ rates, stacks }) => {
    const units = (builder: GraphBuilder, image: Node) =>
      rates.reduce(
        (x, rate) => builder.add([x, conv(builder, x, rate)]),
        builder.conv2d(image, { name: 'in', filters: 2, kernel: 1 }),
      );
    expect(stacksOf(units)).toEqual(stacks);
  });

  it('joins parallel branches after one stack, but not parallel branches alone', () => {
    const branches = (builder: GraphBuilder, x: Node): Node =>
      builder.concat([6, 12].map((rate) => conv(builder, x, rate)));
    expect(stacksOf(branches)).toEqual([]);
    expect(stacksOf((builder, image) => branches(builder, chain(builder, image, [2, 2])))).toEqual([
      { atrousRates: [2, 2, 6, 12], factor: 2 },
    ]);
    const filled = stacksOf((builder, image) => conv(builder, branches(builder, chain(builder, image, [2, 2])), 1));
    expect(filled).toEqual([]);
  });

  it('starts anew on another map', () => {
    const stacks = stacksOf((builder, image) => {
      const large = chain(builder, image, [2, 2]);
      const small = builder.maxPool(large, { kernel: 2, stride: 2 });
      return conv(builder, small, 2);
    });
    expect(stacks).toEqual([{ atrousRates: [2, 2], factor: 2 }]);
  });
});

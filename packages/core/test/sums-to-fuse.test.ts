import { expect, it } from 'vitest';
import { createGraphBuilder, sumsToFuse, type GraphBuilder, type Node } from '../src/index.ts';

function fusedIn(build: (builder: GraphBuilder, image: Node) => Readonly<Record<string, Node>>) {
  const builder = createGraphBuilder();
  const graph = builder.build(build(builder, builder.input({ shape: [1, 8, 8, 4] })));
  return [...sumsToFuse(graph)].map(([name, { sum, other }]) => [name, sum.name, other]);
}

const conv = (builder: GraphBuilder, x: Node, name = 'conv', filters = 4) =>
  builder.conv2d(x, { name, filters, kernel: 3 });

it('finds the convolution that ends last, whichever operand it is', () => {
  expect(fusedIn((b, x) => ({ y: b.add([x, conv(b, x)], { name: 'sum' }) }))).toEqual([['conv', 'sum', 'image']]);
  const two = fusedIn((b, x) => ({
    y: b.add([conv(b, x, 'late'), conv(b, x, 'later')].toReversed(), { name: 'sum' }),
  }));
  expect(two).toEqual([['later', 'sum', 'late']]);
});

it('leaves sums that a convolution cannot compute on the way', () => {
  // read elsewhere, too
  expect(
    fusedIn((b, x) => {
      const both = conv(b, x);
      return { y: b.add([x, both]), both };
    }),
  ).toEqual([]);
  expect(fusedIn((b, x) => ({ y: b.add([x, b.activation(x, 'relu')]) }))).toEqual([]);
  expect(fusedIn((b, x) => ({ y: b.add([x, x, conv(b, x)]) }))).toEqual([]);
  const once = fusedIn((b, x) => {
    const both = conv(b, x);
    return { y: b.add([both, both]) };
  });
  expect(once).toEqual([]);
  // one pixel for each image, which is repeated
  expect(fusedIn((b, x) => ({ y: b.add([x, conv(b, b.globalAvgPool(x))]) }))).toEqual([]);
});

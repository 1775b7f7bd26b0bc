import { createGraphBuilder, parametersOf } from '@atrous/core';
import { initialWeights, transferWeights, withClasses } from '@atrous/train';
import { describe, expect, it } from 'vitest';
import { tinyNetwork } from './support/tiny-run.ts';

const shapes = (graph: ReturnType<typeof tinyNetwork>) =>
  new Map([...parametersOf(graph)].map(([name, { shape }]) => [name, shape.join()]));

describe('withClasses', () => {
  it('changes the classifiers and nothing else', () => {
    const [before, after] = [shapes(tinyNetwork()), shapes(withClasses(tinyNetwork(), 7))];
    const changed = [...after].filter(([name, shape]) => before.get(name) !== shape);
    expect(new Map(changed)).toEqual(
      new Map([
        ['classifier/weights', '3,3,16,7'],
        ['classifier/biases', '7'],
        ['side/weights', '1,1,8,7'],
        ['side/biases', '7'],
      ]),
    );
    expect([...after.keys()]).toEqual([...before.keys()]);
  });

  it('multiplies the filters of classifiers whose channels become space', () => {
    const b = createGraphBuilder();
    const scores = b.conv2d(b.input(), { name: 'scores', filters: 12, kernel: 3 });
    const graph = b.build({ logits: b.depthToSpace(scores, { blockSize: 2, order: 'crr' }) });
    expect(shapes(withClasses(graph, 5)).get('scores/weights')).toBe('3,3,3,20');
  });

  it.each([0, 2.5])('refuses %s classes', (count) => {
    expect(() => withClasses(tinyNetwork(), count)).toThrowError(/whole number of classes/);
  });
});

describe('transferWeights', () => {
  const known = initialWeights(tinyNetwork(), { seed: 1 });

  it('takes over all but the classifiers of another number of classes', () => {
    const { weights, copied, fresh } = transferWeights(withClasses(tinyNetwork(), 7), known, { seed: 2 });
    expect(fresh).toEqual(
      ['side/weights', 'side/biases', 'classifier/weights', 'classifier/biases'].toSorted(
        (a, b) => fresh.indexOf(a) - fresh.indexOf(b),
      ),
    );
    expect(copied.length + fresh.length).toBe(known.size);
    expect(weights.get('stem/weights')).toBe(known.get('stem/weights'));
    expect(weights.get('classifier/weights')?.shape).toEqual([3, 3, 16, 7]);
  });

  it('refuses tensors of another shape and weights of another network', () => {
    const wide = new Map(known).set('stem/weights', { shape: [3, 3, 3, 4], data: new Float32Array(108) });
    expect(() => transferWeights(tinyNetwork(), wide, { seed: 1 })).toThrowError(
      /"stem\/weights" is \[3, 3, 3, 4\], the network needs \[3, 3, 3, 8\]/,
    );
    expect(() => transferWeights(tinyNetwork(), new Map(), { seed: 1 })).toThrowError(/none of these weights/);
  });
});

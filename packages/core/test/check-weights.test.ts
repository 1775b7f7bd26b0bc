import { describe, expect, it } from 'vitest';
import { checkWeights, createGraphBuilder, tensor } from '../src/index.ts';

const builder = createGraphBuilder();
const graph = builder.build({ y: builder.conv2d(builder.input(), { name: 'conv', filters: 2, kernel: 1 }) });
const weights = (values: readonly number[], shape: readonly number[] = [1, 1, 3, 2]) =>
  new Map([['conv/weights', tensor(Float32Array.from(values), shape)]]);

describe('weights', () => {
  it('may hold anything finite: zeros of either sign, and the largest there is', () => {
    expect(() => checkWeights(graph, weights([0, -0, 3.4e38, -3.4e38, 1e-45, -1]))).not.toThrow();
  });

  it.each([NaN, Infinity, -Infinity])('may not hold %d', (broken) => {
    const check = () => checkWeights(graph, weights([1, 2, 3, broken, 5, NaN]));
    expect(check).toThrow(`"conv/weights" holds ${broken} at index 3`);
    expect(check).toThrow(expect.objectContaining({ code: 'WEIGHT_NOT_FINITE' }) as Error);
  });

  it('have to be there, in the shape that the network needs', () => {
    expect(() => checkWeights(graph, new Map())).toThrow('no tensor "conv/weights"');
    expect(() => checkWeights(graph, weights([1, 2, 3, 4, 5, 6], [1, 1, 2, 3]))).toThrow('needs [1, 1, 3, 2]');
  });
});

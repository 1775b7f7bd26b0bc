// @ts-check
import { referenceRuntime } from '@atrous/runtime-reference';
import { describe, expect, it } from 'vitest';
import { namesOf, problemOf, taskOf } from '../problems/index.js';
import { meanLogits, withBalance } from '../problems/networks.js';
import { noise } from '../problems/noise.js';

describe('noise', () => {
  it('is the same for everyone, spread evenly between its bounds', () => {
    const { data } = noise([100, 100], -1, 3, 'a seed');
    expect(noise([100, 100], -1, 3, 'a seed').data).toEqual(data);
    expect(noise([100, 100], -1, 3, 'another').data).not.toEqual(data);
    expect(Math.min(...data)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...data)).toBeLessThan(3);
    expect(Array.from(data).reduce((sum, value) => sum + value, 0) / data.length).toBeCloseTo(1, 1);
  });
});

describe('problems', () => {
  it('have weights and an image for what their graph asks for', () => {
    for (const name of [...namesOf('networks').slice(0, 3), 'conv-256-33-rate18', 'tail-129-smooth']) {
      const what = namesOf('networks').includes(name) ? 'networks' : 'kernels';
      const { graph, weights, image } = problemOf(taskOf(what, name));
      expect(graph.nodes.find(({ kind }) => kind === 'input')?.shape).toEqual(image.shape);
      for (const { params } of graph.nodes)
        for (const { name, shape } of Object.values(params)) expect(weights.get(name)?.shape).toEqual(shape);
    }
  });

  it('refuse names that there are not', () => {
    expect(() => taskOf('networks', 'nothing')).toThrow('"nothing" is none of v3plus-mobilenetv2');
  });

  it('have logits whose means are taken off', async () => {
    const problem = problemOf(taskOf('networks', 'v3plus-mobilenetv2-separable', { size: 33, classes: 3 }));
    const means = await meanLogits(problem, referenceRuntime());
    expect(means).toHaveLength(3);
    const balanced = await meanLogits(withBalance(problem, means), referenceRuntime());
    for (const mean of balanced) expect(mean).toBeCloseTo(0, 5);
  });
});

import { variants } from '@atrous/models';
import { describe, expect, it } from 'vitest';
import type { NetworkDescription } from '../src/describe/describe-graph.ts';
import { atrous } from './run-atrous.ts';

/** One network of each model: the last of its variants. */
const oneOfEach = [...new Map(variants.map((variant) => [variant.model.name, variant])).values()];

describe('describe', () => {
  it.each(oneOfEach)('shows the variant $name', async ({ name, model }) => {
    const { code, stdout, stderr } = await atrous(['describe', name, '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { outputStride, parameters, multiplyAdds, layers } = JSON.parse(stdout) as NetworkDescription;
    expect(outputStride).toBe(model.config.outputStride);
    expect(parameters).toBeGreaterThan(0);
    expect(multiplyAdds).toBeGreaterThan(parameters);
    for (const { shape, receptiveField } of layers) {
      expect(shape.every((extent) => extent > 0)).toBe(true);
      expect(Math.min(...receptiveField)).toBeGreaterThan(0);
    }
  });
});

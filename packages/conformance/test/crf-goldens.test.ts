import type { CrfEngine } from '@atrous/crf';
import { exact } from '@atrous/crf/exact';
import { lattice } from '@atrous/crf/lattice';
import { webgpu } from '@atrous/crf/webgpu';
import { goldensFolder } from '@atrous/testing';
import { describe, expect, it } from 'vitest';
import { runCrfGoldens } from '../src/goldens/crf/crf-goldens.ts';
import type { GoldenResult } from '../src/index.ts';

const folder = goldensFolder();
const gpu = webgpu({ software: true });
const here = await gpu.available();
if (!here.available) console.warn(`skipped: the CRF on webgpu, ${here.reason}`);

async function collect(engine: CrfEngine, wanted: (id: string) => boolean): Promise<GoldenResult[]> {
  const results = [];
  for await (const result of runCrfGoldens(folder ?? '', engine, wanted)) results.push(result);
  return results;
}

describe.skipIf(folder === undefined)('dense CRFs of pydensecrf and of all pairs', () => {
  // every normalisation and form of weights; npm run goldens has them all
  it.each(['both_no', 'both_before', 'both_after', 'both_deeplab', 'compat_vector', 'compat_matrix', 'generic_4ch'])(
    'are what the exact engine computes: %s',
    async (name) => {
      const [result, ...others] = await collect(exact(), (id) => id === `crf/small/${name}`);
      expect(result?.detail).toContain('from exact after 10');
      expect(result?.status).toBe('passed');
      expect(others).toEqual([]);
    },
  );

  it('are what the lattice computes', async () => {
    const results = await collect(lattice(), () => true);
    expect(results.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(results.length).toBeGreaterThan(0);
  });

  // npm run goldens -- --runtime webgpu has them all
  it.skipIf(!here.available)('are what the GPU computes', async () => {
    const some = ['both_no', 'both_before', 'both_deeplab', 'compat_vector', 'compat_matrix', 'generic_4ch'];
    const results = await collect(gpu, (id) => some.includes(id.replace('crf/small/', '')));
    expect(results.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(results).toHaveLength(some.length);
  });

  it('are not what another weight computes', async () => {
    const engine = exact();
    const wrong: CrfEngine = {
      ...engine,
      async prepare(spec) {
        const field = await engine.prepare(spec);
        return { ...field, infer: (problem) => field.infer({ ...problem, compatibilities: [2.99] }) };
      },
    };
    const [result] = await collect(wrong, (id) => id === 'crf/small/gaussian_symmetric');
    expect(result?.status).toBe('failed');
  });
});

import { createRandom, type Progress } from '@atrous/core';
import { denseCrf } from '@atrous/crf';
import { exact } from '@atrous/crf/exact';
import { lattice } from '@atrous/crf/lattice';
import { referenceRuntime } from '@atrous/runtime-reference';
import { createSegmenter, type Segmenter } from '@atrous/segmenter';
import { largestDifference } from '@atrous/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { paint, tinyBundle } from './support/tiny-bundle.ts';

const SIDE = 24;
const random = createRandom('segment-crf');
const isGreen = (x: number): boolean => x >= SIDE / 2;

/** Red and green halves with so much noise that the network, which looks at single pixels, is often wrong. */
const noisy = paint(SIDE, SIDE, (x) => {
  const [red, green] = isGreen(x) ? [90, 150] : [150, 90];
  return [red + 45 * random.normal(), green + 45 * random.normal(), 0].map((value) =>
    Math.round(Math.min(255, Math.max(0, value))),
  ) as [number, number, number];
});
const wrongIn = (labels: ArrayLike<number>): number =>
  Array.from(labels).filter((label, pixel) => label !== (isGreen(pixel % SIDE) ? 2 : 1)).length;

const bundle = tinyBundle({ fit: { mode: 'stretch', size: [SIDE, SIDE] } });
const parameters = { bilateralXyStd: 12, bilateralRgbStd: 100, bilateralWeight: 10 };

let segmenter: Segmenter;
beforeAll(async () => {
  segmenter = await createSegmenter({ bundle, runtime: referenceRuntime() });
  return () => segmenter.dispose();
});

describe('segment with a CRF', () => {
  it('gives the labels and marginals of denseCrf, a legend of them, and their confidence', async () => {
    const before = await segmenter.segment(noisy, { probabilities: true });
    // as logits, none of which is clipped
    const logits = (before.probabilities as Float32Array).map(Math.log);
    const expected = await denseCrf({ image: noisy, logits, ...parameters });
    const after = await segmenter.segment(noisy, { crf: parameters, probabilities: true, confidence: true });
    expect(after.labels).toEqual(expected.labels);
    const { probabilities } = after as { readonly probabilities: Float32Array };
    expect(largestDifference(probabilities, expected.marginals).value).toBeLessThan(1e-5);
    after.labels.forEach((label, pixel) => expect(after.confidence?.[pixel]).toBe(probabilities[pixel * 4 + label]));
    expect(after.legend.map(({ id, pixels }) => [id, pixels])).toEqual(
      after.legend.map(({ id }) => [id, after.labels.filter((label) => label === id).length]),
    );
    expect(wrongIn(before.labels)).toBeGreaterThan(40);
    expect(wrongIn(after.labels)).toBeLessThan(wrongIn(before.labels) / 4);
  });

  it('takes the name of a preset, and returns only what is asked for', async () => {
    const named = await segmenter.segment(noisy, { crf: 'deeplab-v1' });
    const { labels } = await segmenter.segment(noisy, { crf: { preset: 'deeplab-v1', engine: lattice() } });
    expect(named.labels).toEqual(labels);
    expect([named.confidence, named.probabilities]).toEqual([undefined, undefined]);
  });

  it('sees transparent pixels on white, as the network does', async () => {
    const clear = paint(6, 6, (x, y) => [200, 30, 30, x + y < 6 ? 0 : 255]);
    const white = paint(6, 6, (x, y) => (x + y < 6 ? [255, 255, 255] : [200, 30, 30]));
    const wanted = { crf: 'deeplab-v2', probabilities: true } as const;
    const [a, b] = [await segmenter.segment(clear, wanted), await segmenter.segment(white, wanted)];
    expect(a.probabilities).toEqual(b.probabilities);
  });

  it('reports its own phases and time', async () => {
    const seen: Progress[] = [];
    const { timings } = await segmenter.segment(noisy, { crf: 'deeplab-v2', onProgress: (one) => seen.push(one) });
    expect([...new Set(seen.map(({ phase }) => phase))].slice(0, 3)).toEqual(['preprocess', 'run', 'postprocess']);
    expect(seen.filter(({ phase }) => phase === 'infer')).toHaveLength(10);
    expect(seen.at(-1)).toMatchObject({ phase: 'crf', completed: 1, total: 1 });
    expect(timings.crf).toBeGreaterThan(0);
    expect((await segmenter.segment(noisy)).timings).not.toHaveProperty('crf');
  });

  it('holds no more after many pictures than after one, and nothing after it is disposed', async () => {
    const own = await createSegmenter({ bundle, runtime: referenceRuntime() });
    const network = own.memory().bytes;
    await own.segment(noisy, { crf: parameters });
    const held = own.memory().bytes;
    expect(held).toBeGreaterThan(network);
    for (let round = 0; round < 20; round++) await own.segment(noisy, { crf: parameters });
    expect(own.memory().bytes).toBe(held);
    own.dispose();
    expect(own.memory().bytes).toBe(0);
  });

  it('keeps the engine for pictures of any colours and size', async () => {
    const prepared: number[] = [];
    const engine = exact();
    const counting: typeof engine = {
      ...engine,
      async prepare(field, options) {
        prepared.push(field.width);
        return engine.prepare(field, options);
      },
    };
    const small = (color: number) => paint(6, 5, (x) => [color, x * 40, 0]);
    const crf = { ...parameters, engine: counting };
    const { labels } = await segmenter.segment(small(200), { crf });
    await segmenter.segment(small(10), { crf });
    expect((await segmenter.segment(small(200), { crf })).labels).toEqual(labels);
    expect(prepared).toEqual([6]);
    const large = paint(7, 5, (x) => [255, x * 30, 0]);
    const { labels: others } = await segmenter.segment(large, { crf });
    expect(prepared).toEqual([6]);
    expect(others).toEqual((await segmenter.segment(large, { crf: { ...parameters, engine: exact() } })).labels);
  });

  it('stops when it is aborted, and goes on with the next picture', async () => {
    const { labels } = await segmenter.segment(noisy, { crf: parameters });
    const controller = new AbortController();
    const aborted = segmenter.segment(noisy, {
      crf: parameters,
      signal: controller.signal,
      onProgress: ({ phase }) => phase === 'prepare' && controller.abort(new Error('in the CRF')),
    });
    await expect(aborted).rejects.toThrow('in the CRF');
    expect((await segmenter.segment(noisy, { crf: parameters })).labels).toEqual(labels);
  });

  it.each([
    ['an unknown preset', 'deeplab-v9', 'UNKNOWN_PLUGIN'],
    ['a negative standard deviation', { bilateralXyStd: -1 }, 'SHAPE'],
    ['half an iteration', { iterations: 0.5 }, 'SHAPE'],
  ])('refuses %s', async (_, crf, code) => {
    await expect(segmenter.segment(noisy, { crf: crf as 'deeplab-v1' })).rejects.toMatchObject({ code });
  });
});

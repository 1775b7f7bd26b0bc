import { BackendError, createRandom } from '@atrous/core';
import { crfPresets, type CrfEngine } from '@atrous/crf';
import { lattice } from '@atrous/crf/lattice';
import { describe, expect, it, vi } from 'vitest';
import { createEdges } from '../src/engine/refine/edges.ts';
import { createRefiner } from '../src/engine/refine/refiner.ts';
import type { Scene } from '../src/engine/refine/scene.ts';
import { workSize } from '../src/engine/refine/work-size.ts';

const [width, height] = [24, 16];
const preset = crfPresets['deeplab-v2'];
const labelMap = {
  name: 'halves',
  classes: [
    { id: 0, name: 'left', color: [0, 0, 0] },
    { id: 1, name: 'right', color: [255, 255, 255] },
  ],
} as const;
const isRight = (pixel: number): boolean => pixel % width >= width / 2;

/** A picture of two halves, and a network that is wrong about a pixel now and then. */
function sceneOf(seed: number): Scene {
  const random = createRandom(seed);
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) =>
    isRight(Math.floor(i / 4)) ? 200 : 50,
  );
  const probabilities = new Float32Array(width * height * 2);
  const labels = new Uint8Array(width * height);
  for (let pixel = 0; pixel < labels.length; pixel += 1) {
    labels[pixel] = Number(isRight(pixel) !== random.chance(0.1));
    probabilities.set(labels[pixel] === 1 ? [0.3, 0.7] : [0.7, 0.3], 2 * pixel);
  }
  const image = { width, height, data, colorSpace: 'srgb' } as const;
  return { image, probabilities, labels, labelMap, size: { width: 2 * width, height: 2 * height } };
}

/** The lattice, with the calls that prepare something. */
function watchedLattice() {
  const [prepare, update] = [vi.fn(), vi.fn()];
  const engine = lattice();
  const watched: CrfEngine = {
    ...engine,
    prepare: async (...call) => {
      prepare();
      const field = await engine.prepare(...call);
      return {
        ...field,
        update: (...next) => {
          update();
          return field.update(...next);
        },
      };
    },
  };
  return { engine: watched, prepare, update };
}

describe('createRefiner', () => {
  it('corrects labels, and says how many and which there are', async () => {
    const scene = sceneOf(1);
    const refiner = createRefiner([lattice()]);
    const { labels, legend, changed, workSize, bytes } = await refiner.refine(scene, preset, {});
    expect([...labels.keys()].filter((i) => labels[i] !== Number(i % 48 >= 24))).toEqual([]);
    expect(legend.map(({ name, share }) => [name, share])).toEqual([
      ['left', 0.5],
      ['right', 0.5],
    ]);
    const wrong = [...scene.labels].filter((label, pixel) => label !== Number(isRight(pixel))).length;
    expect(changed).toBe(wrong / (width * height));
    expect(workSize).toEqual({ width, height });
    expect(bytes).toBeGreaterThan(scene.probabilities.byteLength);
    refiner.dispose();
  });

  it('builds nothing anew for weights and iterations, and gives the same for the same', async () => {
    const { engine, prepare, update } = watchedLattice();
    const refiner = createRefiner([engine]);
    const scene = sceneOf(1);
    const first = await refiner.refine(scene, preset, {});
    const weak = await refiner.refine(
      scene,
      { ...preset, gaussianWeight: 0.1, bilateralWeight: 0.1, iterations: 3 },
      {},
    );
    expect(weak.changed).toBeLessThan(first.changed);
    expect((await refiner.refine(scene, preset, {})).labels).toEqual(first.labels);
    expect(update).not.toHaveBeenCalled();
    await refiner.refine(scene, { ...preset, bilateralXyStd: 20 }, {});
    expect([prepare, update].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    refiner.dispose();
  });

  it('goes on with the next picture, and after an end', async () => {
    const { engine, prepare, update } = watchedLattice();
    const refiner = createRefiner([engine]);
    await refiner.refine(sceneOf(1), preset, {});
    const second = await refiner.refine(sceneOf(2), preset, {});
    expect([prepare, update].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    refiner.dispose();
    expect((await refiner.refine(sceneOf(2), preset, {})).labels).toEqual(second.labels);
    expect(prepare).toHaveBeenCalledTimes(2);
  });

  it('ends when aborted, and goes on with another setting', async () => {
    const refiner = createRefiner([lattice()]);
    const scene = sceneOf(1);
    const stop = new AbortController();
    const options = { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) };
    await expect(refiner.refine(scene, { ...preset, iterations: 1e6 }, options)).rejects.toThrow('enough');
    expect((await refiner.refine(scene, preset, {})).changed).toBeGreaterThan(0);
  });
});

describe('engines of a refiner', () => {
  const broken = (error: Error): CrfEngine => ({ ...lattice(), prepare: () => Promise.reject(error) });
  const missing: CrfEngine = {
    ...lattice(),
    available: async () => ({ available: false, reason: 'no card', hint: 'buy one' }),
  };

  it.each([
    ['is not there', missing],
    ['is lost', broken(new BackendError('the device was lost'))],
  ])('give way to the next when one %s', async (_, engine) => {
    const prepare = vi.spyOn(engine, 'prepare');
    const refiner = createRefiner([engine, lattice()]);
    const scene = sceneOf(1);
    const first = await refiner.refine(scene, preset, {});
    expect(first.changed).toBeGreaterThan(0);
    expect(first.detail).toBe('WebAssembly with SIMD');
    const calls = prepare.mock.calls.length;
    expect((await refiner.refine(scene, preset, {})).labels).toEqual(first.labels);
    expect(prepare).toHaveBeenCalledTimes(calls);
  });

  it('are not to blame for everything', async () => {
    const refiner = createRefiner([broken(new RangeError('a bug')), lattice()]);
    await expect(refiner.refine(sceneOf(1), preset, {})).rejects.toThrow('a bug');
    const last = createRefiner([broken(new BackendError('no memory'))]);
    await expect(last.refine(sceneOf(1), preset, {})).rejects.toThrow('no memory');
  });
});

describe('createEdges', () => {
  it('fetches the CRF once, when it is asked for, and has no picture to refine before one is kept', async () => {
    const load = vi.fn(async () => createRefiner([lattice()]));
    const edges = createEdges(load);
    await expect(edges.refine(preset, {})).rejects.toThrow('before one was segmented');
    const { image, labels, probabilities, size } = sceneOf(1);
    const kept = edges.keep({ labels, probabilities, labelMap }, image, size);
    expect(kept.labels).toHaveLength(4 * width * height);
    expect(load).not.toHaveBeenCalled();
    for (let turn = 0; turn < 2; turn += 1) expect((await edges.refine(preset, {})).labels).not.toEqual(kept.labels);
    expect(load).toHaveBeenCalledTimes(1);
    edges.next(true);
    await expect(edges.refine(preset, {})).rejects.toThrow('before one was segmented');
  });
});

it.each([
  [500, 375, 21, 500, 375],
  [4000, 3000, 21, 836, 627],
  [4000, 3000, 150, 386, 289],
  [100_000, 2, 256, 57_243, 1],
])('refines %d×%d pixels of %d classes at %d×%d', (width, height, classes, expectedWidth, expectedHeight) => {
  expect(workSize({ width, height }, classes)).toEqual({ width: expectedWidth, height: expectedHeight });
});

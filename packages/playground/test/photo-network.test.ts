import { createRandom, parametersOf, type Graph, type Tensor } from '@atrous/core';
import { buildModel, presets } from '@atrous/models';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { initialWeights } from '@atrous/train';
import { tensor4d, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createPhotoNetwork } from '../src/engine/training/photo-network.ts';
import { splitGraph } from '../src/engine/training/split-graph.ts';

const namesOf = (graph: Graph): readonly string[] => [...parametersOf(graph).keys()];
const headOf = (graph: Graph): ReadonlySet<string> =>
  new Set(namesOf(graph).filter((name) => !name.startsWith('backbone/')));

/** A photo of noise. */
function noise(index: number, side: number): Tensor {
  const random = createRandom('noise', index);
  const data = Float32Array.from({ length: side * side * 3 }, () => random.uniform(-1, 1));
  return { shape: [1, side, side, 3], data };
}

describe('splitGraph', () => {
  it.each(presets.map(({ name, model }) => ({ name, model })))('cuts $name behind its backbone', ({ model }) => {
    const graph = buildModel(model);
    const { features, head } = splitGraph(graph, headOf(graph));
    expect(new Set(namesOf(head))).toEqual(headOf(graph));
    const before = new Set(features && namesOf(features));
    expect(namesOf(graph).filter((name) => !before.has(name))).toEqual([...headOf(graph)]);
    // What the head can no longer derive from the image must not be needed.
    expect(head.nodes.some(({ attrs }) => 'crop' in attrs || 'nominal' in attrs)).toBe(false);
  });

  it('has nothing to compute beforehand when everything is trained', () => {
    const graph = buildModel({ name: 'lite-raspp', config: { backbone: 'mobilenet-v3', numClasses: 2 } });
    expect(splitGraph(graph, new Set(namesOf(graph))).features).toBeUndefined();
  });
});

describe('createPhotoNetwork', () => {
  it.each([
    ['deeplab-v3-plus', { backbone: { name: 'mobilenet-v2', depthMultiplier: 0.35 }, numClasses: 3, outputStride: 8 }],
    ['lite-raspp', { backbone: 'mobilenet-v3', numClasses: 3, outputStride: 16 }],
  ])('gives the logits of the whole %s, photo by photo', async (name, config) => {
    const graph = buildModel({ name, config });
    const weights = initialWeights(graph, { seed: 5 });
    const start = { graph, weights, labels: { name: 'three', classes: [] }, knowsClasses: false };
    const images = [noise(1, 65), noise(2, 65)];
    const runtime = wasm();
    using whole = await runtime.trainable(graph, weights);
    const { network, turnTo } = await createPhotoNetwork(runtime, start, images, headOf(graph), {});
    using view = network;
    for (const [turn, image] of images.entries()) {
      turnTo(turn);
      const [expected, actual] = await logitsOf([whole, view], image);
      const largest = Math.max(...(expected ?? []).map(Math.abs));
      actual?.forEach((value, i) => expect(Math.abs(value - (expected?.[i] ?? NaN)) / largest).toBeLessThan(1e-4));
      expect(largest).toBeGreaterThan(0);
    }
    expect(new Set((await view.use(() => view.download())).keys())).toEqual(new Set(weights.keys()));
  });

  const logitsOf = (networks: readonly Awaited<ReturnType<ReturnType<typeof wasm>['trainable']>>[], image: Tensor) =>
    Promise.all(
      networks.map((network) =>
        network.use(async () =>
          tidy(() => {
            const pass = network.forward({
              image: tensor4d(image.data, image.shape as [number, number, number, number], 'float32'),
            });
            const logits = [...(pass.outputs['logits']?.dataSync() ?? [])];
            pass.dispose();
            return { logits };
          }),
        ),
      ),
    ).then((results) => results.map(({ logits }) => logits));
});

import { retarget, type Graph, type Runtime, type Tensor } from '@atrous/core';
import { describe, expect, it } from 'vitest';
import { generateTensor } from '../golden/generator.ts';
import { weightsOf } from './op-case.ts';
import type { RuntimeContract } from './runtime-contract.ts';
import { miniatureDeepLab, siamese } from './sample-networks.ts';
import { expectClose } from './test-ops.ts';

type Inputs = Tensor | Readonly<Record<string, Tensor>>;

const photo = (n: number, h: number, w: number, name = 'photo'): Tensor =>
  generateTensor({ name, shape: [n, h, w, 3], offset: 0, scale: 1 });

async function computeAll(runtime: Runtime, graph: Graph, inputs: readonly Inputs[], exact = false) {
  const executable = await runtime.compile(graph, weightsOf(graph), { exact });
  try {
    const results = [];
    for (const input of inputs) results.push(await executable.run(input));
    return results;
  } finally {
    executable.dispose();
  }
}

/** Rounding may decide between two classes that are as good as equal, so one label in a thousand may differ. */
function expectSameLabels(actual: Tensor, expected: Tensor): void {
  expect(actual.shape).toEqual(expected.shape);
  const different = expected.data.filter((label, i) => label !== actual.data[i]).length;
  expect(different / expected.data.length).toBeLessThanOrEqual(0.001);
}

/** Whole networks: several sizes, inputs and outputs, another output stride, calls that overlap. */
export function testNetworks(runtime: Runtime, { reference, tolerance }: RuntimeContract): void {
  const agree = async (graph: Graph, inputs: readonly Inputs[]): Promise<void> => {
    const expected = await computeAll(reference, graph, inputs);
    for (const exact of [false, true]) {
      const actual = await computeAll(runtime, graph, inputs, exact);
      for (const [i, outputs] of expected.entries()) {
        expect(Object.keys(actual[i] ?? {})).toEqual(Object.keys(outputs));
        for (const [name, tensor] of Object.entries(outputs)) {
          const expectAgreement = tensor.data instanceof Int32Array ? expectSameLabels : expectClose;
          expectAgreement(actual[i]?.[name] as Tensor, tensor, tolerance);
        }
      }
    }
  };

  describe('runs whole networks:', () => {
    it('one executable at several sizes and batches', async () => {
      await agree(miniatureDeepLab(8), [photo(1, 33, 33), photo(2, 24, 40), photo(1, 65, 33)]);
    });

    it('re-targeted to other output strides with the same weights', async () => {
      await agree(retarget(miniatureDeepLab(8), 4), [photo(1, 33, 41)]);
      await agree(retarget(miniatureDeepLab(8), 2), [photo(1, 33, 41)]);
    });

    it('several inputs by name, several outputs, shared parameters', async () => {
      await agree(siamese(), [{ left: photo(1, 7, 8, 'left'), right: photo(1, 7, 8, 'right') }]);
    });

    it('calls that overlap', async () => {
      const graph = miniatureDeepLab(8);
      const photos = [photo(1, 33, 33, 'a'), photo(1, 25, 41, 'b'), photo(1, 33, 33, 'c')];
      const expected = await computeAll(reference, graph, photos);
      const executable = await runtime.compile(graph, weightsOf(graph));
      const actual = await Promise.all(photos.map((image) => executable.run(image)));
      executable.dispose();
      for (const [i, outputs] of actual.entries())
        expectClose(outputs.logits as Tensor, expected[i]?.logits as Tensor, tolerance);
    });

    it('without changing what it was given', async () => {
      const graph = miniatureDeepLab(8);
      const weights = weightsOf(graph);
      const image = photo(1, 33, 33);
      const executable = await runtime.compile(graph, weights);
      await executable.run(image);
      executable.dispose();
      expect(image).toEqual(photo(1, 33, 33));
      expect(weights).toEqual(weightsOf(graph));
    });
  });
}

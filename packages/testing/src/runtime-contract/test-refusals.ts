import type { Runtime, Tensor, Weights } from '@atrous/core';
import { describe, expect, it } from 'vitest';
import { generateTensor } from '../golden/generator.ts';
import { weightsOf } from './op-case.ts';
import { miniatureDeepLab, siamese } from './sample-networks.ts';

const graph = miniatureDeepLab(8);
const photo = generateTensor({ name: 'photo', shape: [1, 33, 33, 3], offset: 0, scale: 1 });

function weightsWith(name: string, change: (tensor: Tensor) => Tensor | undefined): Weights {
  const changed = new Map(weightsOf(graph));
  const replacement = change(changed.get(name) as Tensor);
  if (replacement === undefined) changed.delete(name);
  else changed.set(name, replacement);
  return changed;
}

const withFirst = (value: number) => (tensor: Tensor) => {
  const data = tensor.data.slice();
  data[0] = value;
  return { ...tensor, data };
};

/** Bad weights, bad inputs, disposed executables and aborted calls. */
export function testRefusals(runtime: Runtime): void {
  describe('refuses with a typed error:', () => {
    it.each([
      ['a missing weight', weightsWith('logits/weights', () => undefined), 'WEIGHT_MISSING'],
      ['a NaN weight', weightsWith('c2/weights', withFirst(NaN)), 'WEIGHT_NOT_FINITE'],
      ['an infinite statistic', weightsWith('c1/bn/moving_mean', withFirst(Infinity)), 'WEIGHT_NOT_FINITE'],
      [
        'a weight of another shape',
        weightsWith('aspp/weights', (t) => ({ ...t, shape: [1, 9, 8, 4] })),
        'WEIGHT_SHAPE',
      ],
    ])('%s', async (_, weights, code) => {
      await expect(runtime.compile(graph, weights)).rejects.toMatchObject({ code, name: 'WeightsError' });
    });

    it('images that are not given or do not fit', async () => {
      const executable = await runtime.compile(graph, weightsOf(graph));
      const grey = { shape: [1, 33, 99, 1], data: photo.data };
      await expect(executable.run(grey)).rejects.toMatchObject({ code: 'INPUT_SHAPE', name: 'ShapeError' });
      await expect(executable.run({})).rejects.toMatchObject({ code: 'INPUT_MISSING', name: 'ShapeError' });
      executable.dispose();
      const two = siamese();
      const siameseExecutable = await runtime.compile(two, weightsOf(two));
      await expect(siameseExecutable.run(photo)).rejects.toMatchObject({ code: 'INPUT_MISSING', name: 'ShapeError' });
      siameseExecutable.dispose();
    });

    it('to run after dispose, and lets dispose be called twice', async () => {
      const executable = await runtime.compile(graph, weightsOf(graph));
      executable.dispose();
      executable[Symbol.dispose]();
      await expect(executable.run(photo)).rejects.toMatchObject({ code: 'DISPOSED', name: 'BackendError' });
    });
  });

  describe('stops when aborted:', () => {
    const reason = new Error('the person left');

    it('compiling', async () => {
      const options = { signal: AbortSignal.abort(reason) };
      await expect(runtime.compile(graph, weightsOf(graph), options)).rejects.toBe(reason);
    });

    it('running, before and half-way, and runs again afterwards', async () => {
      const executable = await runtime.compile(graph, weightsOf(graph));
      await expect(executable.run(photo, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      const controller = new AbortController();
      const abort = (): void => controller.abort(reason);
      await expect(executable.run(photo, { signal: controller.signal, onProgress: abort })).rejects.toBe(reason);
      const { logits } = await executable.run(photo);
      expect(logits?.shape).toEqual([1, 5, 5, 5]);
      executable.dispose();
    });
  });
}

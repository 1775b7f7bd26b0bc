import { mobilenetV2 } from '@atrous/backbones/mobilenet-v2';
import { parametersOf, sizeOf, tensor, withInputShape } from '@atrous/core';
import { deeplabV3 } from '@atrous/models';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';

it('programs that use @tensorflow/tfjs share its engine and keep their tensors and backend', async () => {
  await tf.setBackend('cpu');
  const own = tf.tensor1d([1, 2, 3]);
  const before = tf.memory().numTensors;

  const graph = withInputShape(deeplabV3({ backbone: mobilenetV2({ depthMultiplier: 0.1 }) }), [1, 33, 33, 3]);
  const weights = new Map(
    [...parametersOf(graph)].map(([name, { shape }]) => [
      name,
      tensor(new Float32Array(sizeOf(shape)).fill(0.01), shape),
    ]),
  );
  const network = await wasm().compile(graph, weights);
  expect(tf.memory().numTensors).toBeGreaterThan(before);
  await network.run({ shape: [1, 33, 33, 3], data: new Float32Array(33 * 33 * 3) });
  network.dispose();

  expect(tf.memory().numTensors).toBe(before);
  await tf.setBackend('cpu');
  expect([...own.square().dataSync()]).toEqual([1, 4, 9]);
});

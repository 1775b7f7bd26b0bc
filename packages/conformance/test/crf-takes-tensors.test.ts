import { createRandom } from '@atrous/core';
import { denseCrf, type PerLabel } from '@atrous/crf';
import { exact } from '@atrous/crf/exact';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';

const [width, height, labels] = [8, 6, 3];
const random = createRandom('crf takes tensors');
const image = { width, height, data: Uint8Array.from({ length: 3 * width * height }, () => random.uniform(0, 256)) };
const numbers = Float32Array.from({ length: width * height * labels }, () => 2 * random.normal());
const withLogits = (logits: PerLabel) => denseCrf({ image, logits, engine: exact() });

it('the dense CRF takes logits of TensorFlow.js, and leaves the tensor alone', async () => {
  await tf.setBackend('cpu');
  const logits = tf.tensor4d(numbers, [1, height, width, labels]);
  const result = await withLogits({ shape: logits.shape, data: await logits.data<'float32'>() });
  expect(result).toEqual(await withLogits(numbers));
  expect([...logits.dataSync()]).toEqual([...numbers]);
  logits.dispose();
});

it('says how to read a tensor of TensorFlow.js that is given as it is', async () => {
  await tf.setBackend('cpu');
  const logits = tf.tensor3d(numbers, [height, width, labels]);
  await expect(withLogits(logits as unknown as PerLabel)).rejects.toMatchObject({
    code: 'SHAPE',
    hint: 'of TensorFlow.js pass { shape: tensor.shape, data: await tensor.data() }',
  });
  logits.dispose();
});

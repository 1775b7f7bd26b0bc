// @ts-check
// The network, the pictures and the recipe that the benchmarks of training share.
import { mobilenetV2 } from '@atrous/backbones';
import { createRandom } from '@atrous/core';
import { camvid } from '@atrous/data';
import { aspp, decoder } from '@atrous/heads';
import { deeplabV3Plus } from '@atrous/models';
import { atLabelSize, crossEntropy, initialWeights, poly, sgd, train } from '@atrous/train';

export const DESCRIPTION =
  'DeepLab v3+ with MobileNetV2 at output stride 16, separable ASPP and decoder of 128 channels (2,157,051 parameters), 11 classes: ' +
  'forward, cross-entropy on full-size logits, backward, SGD with momentum';

const graph = deeplabV3Plus({
  backbone: mobilenetV2({ padding: 'symmetric', epsilon: 1e-5, expandFirst: true }),
  head: aspp({ channels: 128, separable: true, imagePooling: 'last' }),
  decoder: decoder({ channels: 128, separable: true }),
  numClasses: camvid.classes.length,
});

/**
 * Trains on the same random batch again and again.
 *
 * @param {ReturnType<typeof import('@atrous/runtime-tfjs/wasm').wasm>} runtime
 * @param {{ readonly batch: number, readonly size: number, readonly steps: number, readonly onStep: (step: number, seconds: number) => void, readonly signal?: AbortSignal }} options
 */
export async function trainSteps(runtime, { batch, size, steps, onStep, signal }) {
  const random = createRandom('training-step');
  const pixels = batch * size * size;
  const data = {
    images: { shape: [batch, size, size, 3], data: Float32Array.from({ length: pixels * 3 }, () => random.uniform()) },
    labels: { shape: [batch, size, size], data: Int32Array.from({ length: pixels }, () => random.integer(11)) },
  };
  const network = await runtime.trainable(graph, initialWeights(graph, { seed: 0 }));
  try {
    let since = performance.now();
    await train({
      network,
      batches: { labels: camvid, batch: async () => data },
      loss: atLabelSize(crossEntropy()),
      optimizer: sgd({ momentum: 0.9, weightDecay: 1e-4 }),
      schedule: poly({ base: 0.01, steps: Math.max(1000, steps) }),
      steps,
      signal,
      onStep({ step }) {
        onStep(step, (performance.now() - since) / 1000);
        since = performance.now();
      },
    });
  } finally {
    network.dispose();
  }
}

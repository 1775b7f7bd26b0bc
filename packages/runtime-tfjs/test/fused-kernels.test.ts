import { createGraphBuilder, createRandom } from '@atrous/core';
import { fusedKernels } from '@atrous/runtime-tfjs';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { tensor1d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';

beforeAll(async () => {
  const builder = createGraphBuilder();
  const network = await wasm().trainable(
    builder.build({ logits: builder.activation(builder.input(), 'relu') }),
    new Map(),
  );
  await network.use(async () => undefined);
});

it('steps down with momentum and decay', () => {
  const random = createRandom('sgd');
  const [value, gradient, velocity] = [1, 2, 3].map(() => Array.from({ length: 7 }, () => random.uniform(-1, 1)));
  tidy(() => {
    const next = fusedKernels().sgd!({
      value: tensor1d(value!),
      gradient: tensor1d(gradient!),
      velocity: tensor1d(velocity!),
      ...{ rate: 0.1, momentum: 0.9, decay: 0.01 },
    });
    value!.forEach((p, i) => {
      const v = 0.9 * velocity![i]! + gradient![i]! + 0.01 * p;
      expect(next.velocity.dataSync()[i]).toBeCloseTo(v, 6);
      expect(next.value.dataSync()[i]).toBeCloseTo(p - 0.1 * v, 6);
    });
  });
});

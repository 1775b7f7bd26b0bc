import { BackendError, createGraphBuilder, tensor } from '@atrous/core';
import { createExecutable } from './executable.ts';
import type { OnnxBackend, OnnxEngine } from './onnx-engine.ts';

const EXPECTED = [0, 4, 8, 12];

/**
 * Runs a network of two ops: whether the provider starts at all, and computes.
 *
 * @throws BackendError `SELF_TEST` when the numbers are wrong.
 */
export async function selfTest(backend: OnnxBackend, engine: OnnxEngine): Promise<void> {
  const builder = createGraphBuilder();
  const image = builder.input({ shape: [1, 1, 4, 1] });
  const scaled = builder.conv2d(image, { name: 'scale', filters: 1, kernel: 1 });
  const graph = builder.build({ y: builder.activation(scaled, 'relu') });
  const weights = new Map([['scale/weights', tensor(Float32Array.of(4), [1, 1, 1, 1])]]);
  using executable = createExecutable({ graph, weights, backend, engine, ops: [], exact: true });
  const { y } = await executable.run(tensor(Float32Array.of(-1, 1, 2, 3), [1, 1, 4, 1]));
  if (y?.data.join() !== EXPECTED.join())
    throw new BackendError(`"${backend.name}" computes ${y?.data.join()} instead of ${EXPECTED.join()}`, {
      code: 'SELF_TEST',
      hint: 'use another backend',
    });
}

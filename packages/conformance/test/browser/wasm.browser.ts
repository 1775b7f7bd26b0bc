import { createGraphBuilder } from '@atrous/core';
import { referenceRuntime } from '@atrous/runtime-reference';
import { fusedKernels } from '@atrous/runtime-tfjs';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { testRuntime } from '@atrous/testing/runtime-contract';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import { expect, it } from 'vitest';
import { publishedCases } from './published-cases.ts';
import { testPublishedNetworks } from './published-networks.ts';

const runtime = wasm({ files: { 'tfjs-backend-wasm.wasm': plain, 'tfjs-backend-wasm-simd.wasm': simd } });

testRuntime(runtime, { reference: referenceRuntime(), tolerance: 2e-5 });
testPublishedNetworks(runtime, publishedCases, 1e-3);

it('trains with kernels on the memory of tfjs', async () => {
  const builder = createGraphBuilder();
  const graph = builder.build({ logits: builder.activation(builder.input(), 'relu') });
  const network = await runtime.trainable(graph, new Map());
  await network.use(async () => expect(Object.keys(fusedKernels())).toEqual(['crossEntropy', 'sgd']));
  network.dispose();
});

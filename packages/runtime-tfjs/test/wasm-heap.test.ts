import { wasm } from '@atrous/runtime-tfjs/wasm';
import { engine, tensor1d, type KernelBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { composeTrainingKernels } from '../src/training/composed/compose-training-kernels.ts';
import { openHeap } from '../src/wasm-kernels/heap.ts';
import { overrideKernels } from '../src/wasm-kernels/override-kernels.ts';

interface Inside {
  readonly wasm: Readonly<Record<string, unknown>>;
}

/** tfjs's backend with something else inside. */
const backendWith = (parts: object): KernelBackend =>
  Object.assign(Object.create(engine().backend) as KernelBackend, parts);

const wasmWith = (parts: object): KernelBackend =>
  backendWith({ wasm: { ...(engine().backend as unknown as Inside).wasm, ...parts } });

describe('the memory of tfjs', () => {
  beforeAll(async () => {
    await wasm().available();
  });

  it('holds the numbers of tensors where it says', () => {
    const heap = openHeap(engine().backend)!;
    const x = tensor1d([1, 2, 3]);
    expect([...new Float32Array(heap.memory.buffer, heap.addressOf(x), 3)]).toEqual([1, 2, 3]);
    x.dispose();
  });

  it.each<[string, () => KernelBackend]>([
    ['exports no memory', () => wasmWith({ asm: {} })],
    ['exports another memory', () => wasmWith({ asm: { memory: new WebAssembly.Memory({ initial: 1 }) } })],
    ['cannot allocate', () => wasmWith({ _malloc: undefined })],
    ['knows no addresses', () => backendWith({ dataIdMap: undefined })],
    ['moved its addresses', () => backendWith({ dataIdMap: { get: () => ({ memoryOffset: 8 }) } })],
  ])('is not touched when the backend %s', async (_, backend) => {
    expect(openHeap(backend())).toBeUndefined();
    const composed = composeTrainingKernels({});
    expect(await overrideKernels(composed, backend())).toBe(composed);
  });

  it('says when it is full', () => {
    const heap = openHeap(wasmWith({ _malloc: () => 0 }))!;
    expect(() => heap.withScratch(8, () => 0)).toThrow(expect.objectContaining({ code: 'OUT_OF_MEMORY' }));
  });
});

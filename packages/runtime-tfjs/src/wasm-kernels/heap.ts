import { engine, tensor1d, type KernelBackend } from '@tensorflow/tfjs-core';
import { outOfMemory } from '../backend-error.ts';
import type { DeviceTensor } from '../kernel.ts';

/** What tfjs-backend-wasm 4.22 has inside. No public API, so none of it is taken for granted. */
interface Internals {
  readonly wasm: {
    readonly asm: Readonly<Record<string, unknown>>;
    readonly _malloc: (bytes: number) => number;
    readonly _free: (address: number) => void;
  };
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
  readonly makeOutput: (shape: readonly number[], dtype: 'float32') => { readonly dataId: object };
}

/** The memory that tfjs keeps its tensors in. Addresses are bytes, and stay valid as long as their tensor or block. */
export interface Heap {
  readonly memory: WebAssembly.Memory;
  readonly addressOf: (tensor: DeviceTensor) => number;
  /** A tensor with undefined contents, which the caller's tidy scope owns. */
  allocate<T extends DeviceTensor>(shape: readonly number[]): T;
  /** Runs `work` with the address of that many bytes. */
  withScratch<T>(bytes: number, work: (address: number) => T): T;
}

function memoryOf({ wasm }: Partial<Internals>): WebAssembly.Memory | undefined {
  return Object.values(wasm?.asm ?? {}).find((value) => value instanceof WebAssembly.Memory);
}

const isComplete = (backend: Partial<Internals>): backend is Internals =>
  typeof backend.wasm?._malloc === 'function' &&
  typeof backend.wasm._free === 'function' &&
  typeof backend.dataIdMap?.get === 'function' &&
  typeof backend.makeOutput === 'function';

function checkAddress(address: number, bytes: number): number {
  if (address === 0) throw outOfMemory('wasm', 'training', `no ${bytes} bytes in a row`);
  return address;
}

/** Whether a tensor's numbers stand where the backend says. */
function holdsTensors(heap: Heap): boolean {
  const numbers = [0.5, -3, 1e9];
  const probe = tensor1d(numbers);
  try {
    const address = heap.addressOf(probe);
    const end = address + probe.size * Float32Array.BYTES_PER_ELEMENT;
    if (!(address % Float32Array.BYTES_PER_ELEMENT === 0 && end <= heap.memory.buffer.byteLength)) return false;
    const found = new Float32Array(heap.memory.buffer, address, probe.size);
    return numbers.every((x, i) => found[i] === x);
  } finally {
    probe.dispose();
  }
}

/**
 * Opens the memory of tfjs's current backend.
 *
 * @returns nothing when the backend is not made as expected.
 */
export function openHeap(backend: KernelBackend): Heap | undefined {
  const internals = backend as Partial<Internals>;
  const memory = memoryOf(internals);
  if (memory === undefined || !isComplete(internals)) return undefined;
  const { wasm, dataIdMap } = internals;
  const heap: Heap = {
    memory,
    addressOf: ({ dataId }) => dataIdMap.get(dataId).memoryOffset,
    allocate<T extends DeviceTensor>(shape: readonly number[]) {
      const { dataId } = internals.makeOutput(shape, 'float32');
      const tensor = engine().makeTensorFromDataId(dataId, [...shape], 'float32', backend) as T;
      checkAddress(dataIdMap.get(dataId).memoryOffset, 4 * tensor.size);
      return tensor;
    },
    withScratch(bytes, work) {
      const address = checkAddress(wasm._malloc(bytes) >>> 0, bytes);
      try {
        return work(address);
      } finally {
        wasm._free(address);
      }
    },
  };
  return holdsTensors(heap) ? heap : undefined;
}

import binary from '../../assembly/index.ts?assemblyscript';
import type { Heap } from './heap.ts';

/** The functions of `assembly/`. Numbers are int32, or addresses of float32 values. */
export interface Assembly {
  depthwiseFilterGradient(
    x: number,
    dy: number,
    dw: number,
    batch: number,
    height: number,
    width: number,
    channels: number,
    outHeight: number,
    outWidth: number,
    kernelHeight: number,
    kernelWidth: number,
    strideY: number,
    strideX: number,
    rateY: number,
    rateX: number,
    padTop: number,
    padLeft: number,
  ): void;
}

/** @returns nothing where WebAssembly has no SIMD. */
export async function instantiate({ memory }: Heap): Promise<Assembly | undefined> {
  const bytes = Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(bytes)) return undefined;
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  return instance.exports as unknown as Assembly;
}

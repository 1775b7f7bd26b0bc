import type { Buffers } from './buffers.ts';

/** A kernel on a device, ready to filter. */
export interface DeviceKernel {
  /** What it is made of. */
  readonly buffers: Buffers;
  /** Corners of a pixel. */
  readonly corners: number;
  readonly vertices: number;
  /** As of `Chunks`. */
  readonly chunks: number;
  readonly longVertices: number;
  /** Sums of chunks that are parts of their vertices only. */
  readonly partials: number;
  /** Brings the blur's sums back to the size of Gaussian sums. */
  readonly scale: number;
  /** Factors for each pixel that are in the weights, where those of the way in are not those of the way out. */
  readonly factors: { readonly first: Float32Array | undefined; readonly last: Float32Array | undefined } | undefined;
  readonly lists: {
    /** Vertex and weight of each pixel's corners `[pixels, corners, 2]`, with the factors of the way out. */
    readonly corners: GPUBuffer;
    /** Pixel and weight of each corner, sorted by vertex, with the factors of the way in. */
    readonly incidences: GPUBuffer;
    /** As of `Chunks`. */
    readonly chunks: GPUBuffer;
    readonly longVertices: GPUBuffer;
  };
  /** Both neighbours of each vertex along each axis. */
  readonly neighbours: readonly GPUBuffer[];
}

import type { ExportedKernel } from '../lattice/export-kernel.ts';
import type { Buffers } from './buffers.ts';
import { layOutKernel } from './kernel-layout.ts';

/** A kernel on a device, ready to filter. */
export interface DeviceKernel {
  /** What it is made of. */
  readonly buffers: Buffers;
  /** Corners of a pixel. */
  readonly corners: number;
  readonly vertices: number;
  readonly chunks: number;
  readonly longVertices: number;
  /** Sums of chunks that are parts of their vertices only. */
  readonly partials: number;
  /** Brings the blur's sums back to the size of Gaussian sums. */
  readonly scale: number;
  /** Factors for each pixel that are in the weights, where those of the way in are not those of the way out. */
  readonly factors: { readonly first: Float32Array | undefined; readonly last: Float32Array | undefined } | undefined;
  /** As of `KernelLayout`. */
  readonly lists: Readonly<Record<'corners' | 'incidences' | 'chunks' | 'longVertices', GPUBuffer>>;
  /** Both neighbours of each vertex along each axis. */
  readonly neighbours: readonly GPUBuffer[];
}

/** Copies a kernel to a device, into buffers that may have held another before. */
export function uploadKernel(exported: ExportedKernel, buffers: Buffers): DeviceKernel {
  const { corners, vertices, scale, first, last } = exported;
  const layout = layOutKernel(exported);
  const { chunks, longVertices } = layout;
  return {
    ...{ buffers, corners, vertices, scale },
    chunks: chunks.length / 2 - 1,
    longVertices: longVertices.length / 2 - 1,
    partials: longVertices.at(-2)!,
    factors: first === last ? undefined : { first, last },
    lists: {
      corners: buffers.upload('corners', layout.corners),
      incidences: buffers.upload('incidences', layout.incidences),
      chunks: buffers.upload('chunks', chunks),
      longVertices: buffers.upload('long vertices', longVertices),
    },
    neighbours: exported.neighbours.map((both, axis) => buffers.upload(`neighbours ${axis}`, both)),
  };
}

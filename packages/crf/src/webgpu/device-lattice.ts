import type { ExportedKernel } from '../lattice/export-kernel.ts';
import type { Buffers } from './buffers.ts';
import { joinNeighbours, layOutKernel, type KernelLayout, type Offsets, type Range } from './kernel-layout.ts';

/** One kernel among those of a lattice. */
export interface DeviceKernel {
  readonly corners: number;
  readonly firstCorner: number;
  readonly vertices: Range;
  readonly chunks: Range;
  readonly longVertices: Range;
  /** Brings the blur's sums back to the size of Gaussian sums. */
  readonly scale: number;
  /** Factors for each pixel that are in the weights, of the way in and of the way out. */
  readonly first: Float32Array | undefined;
  readonly last: Float32Array | undefined;
}

/** The lattices of all kernels on a device, vertices of one behind those of the other. */
export interface DeviceLattice {
  readonly pixels: number;
  readonly kernels: readonly DeviceKernel[];
  readonly vertices: number;
  readonly partials: number;
  readonly corners: GPUBuffer;
  readonly incidences: GPUBuffer;
  readonly chunks: GPUBuffer;
  readonly longVertices: GPUBuffer;
  /** Of each axis. */
  readonly neighbours: readonly GPUBuffer[];
}

const NOTHING: Offsets = { corners: 0, vertices: 0, chunks: 0, longVertices: 0, partials: 0 };

function concat(arrays: readonly ArrayLike<number>[], ...end: number[]): Uint32Array<ArrayBuffer> {
  const all = new Uint32Array(arrays.reduce((sum, { length }) => sum + length, end.length));
  let at = 0;
  for (const array of [...arrays, end]) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}

const describe = ({ corners, scale, first, last }: ExportedKernel, from: Offsets, to: Offsets): DeviceKernel => ({
  ...{ corners, scale, first, last },
  firstCorner: from.corners,
  vertices: { from: from.vertices, to: to.vertices },
  chunks: { from: from.chunks, to: to.chunks },
  longVertices: { from: from.longVertices, to: to.longVertices },
});

/** Copies kernels to a device, into buffers that may have held others before. */
export function uploadLattice(exported: readonly ExportedKernel[], pixels: number, buffers: Buffers): DeviceLattice {
  const [layouts, kernels]: [KernelLayout[], DeviceKernel[]] = [[], []];
  let offsets = NOTHING;
  for (const kernel of exported) {
    const layout = layOutKernel(kernel, offsets);
    layouts.push(layout);
    kernels.push(describe(kernel, offsets, layout.next));
    offsets = layout.next;
  }
  const list = (name: 'corners' | 'incidences' | 'chunks' | 'longVertices', ...end: number[]): GPUBuffer =>
    buffers.upload(
      name,
      concat(
        layouts.map((layout) => layout[name]),
        ...end,
      ),
    );
  const axes = Math.max(0, ...exported.map(({ corners }) => corners));
  return {
    ...{ pixels, kernels, vertices: offsets.vertices, partials: offsets.partials },
    corners: list('corners'),
    incidences: list('incidences'),
    // where the last one ends
    chunks: list('chunks', offsets.corners, 0),
    longVertices: list('longVertices', offsets.partials, 0),
    neighbours: Array.from({ length: axes }, (_, axis) =>
      buffers.upload(`neighbours ${axis}`, joinNeighbours(exported, axis)),
    ),
  };
}

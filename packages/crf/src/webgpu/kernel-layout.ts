import { NO_VERTEX, type ExportedKernel } from '../lattice/export-kernel.ts';
import { PARTIAL } from './shaders/splat.ts';

/** Incidences that one thread adds up. */
const CHUNK = 64;

/** A range of things that lie side by side with those of other kernels. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What lies where, so far. */
export interface Offsets {
  readonly corners: number;
  readonly vertices: number;
  readonly chunks: number;
  readonly longVertices: number;
  readonly partials: number;
}

/** One kernel as shaders read it, with numbers that count on from those of the kernels before it. */
export interface KernelLayout {
  /** Vertex and weight of each pixel's corners `[pixels, corners, 2]`, with the factors of the way out. */
  readonly corners: Uint32Array<ArrayBuffer>;
  /** Pixel and weight of each corner, sorted by vertex, with the factors of the way in. */
  readonly incidences: Uint32Array<ArrayBuffer>;
  /** First incidence and row of each chunk. */
  readonly chunks: readonly number[];
  /** First partial sum and row of vertices that have several chunks. */
  readonly longVertices: readonly number[];
  readonly next: Offsets;
}

const asBits = (floats: Float32Array<ArrayBuffer>): Uint32Array => new Uint32Array(floats.buffer);

const scaled = (
  weights: Float32Array<ArrayBuffer>,
  corners: number,
  factors: Float32Array | undefined,
): Float32Array<ArrayBuffer> =>
  factors ? weights.map((weight, i) => weight * factors[Math.floor(i / corners)]!) : weights;

/** Where the incidences of each vertex begin, and where the last one's end. */
function startsOf(rows: Uint32Array, vertices: number): Uint32Array {
  const starts = new Uint32Array(vertices + 1);
  for (const row of rows) starts[row + 1]!++;
  for (let vertex = 0; vertex < vertices; vertex++) starts[vertex + 1]! += starts[vertex]!;
  return starts;
}

/** In the order of the pixels at each vertex. */
function sortIncidences({ rows, corners }: ExportedKernel, weights: Uint32Array, starts: Uint32Array) {
  const incidences = new Uint32Array(2 * rows.length);
  const next = starts.slice();
  for (let i = 0; i < rows.length; i++) {
    const at = 2 * next[rows[i]!]!++;
    incidences[at] = Math.floor(i / corners);
    incidences[at + 1] = weights[i]!;
  }
  return incidences;
}

/** Cuts each vertex' incidences. */
function cutChunks(starts: Uint32Array, offsets: Offsets) {
  const [chunks, longVertices]: [number[], number[]] = [[], []];
  let { partials } = offsets;
  for (let vertex = 0; vertex < starts.length - 1; vertex++) {
    const [start, end, row] = [starts[vertex]!, starts[vertex + 1]!, offsets.vertices + vertex];
    if (end - start <= CHUNK) {
      chunks.push(offsets.corners + start, row);
      continue;
    }
    longVertices.push(partials, row);
    for (let at = start; at < end; at += CHUNK) chunks.push(offsets.corners + at, PARTIAL + partials++);
  }
  return { chunks, longVertices, partials };
}

/** Lays out a kernel behind others. */
export function layOutKernel(kernel: ExportedKernel, offsets: Offsets): KernelLayout {
  const { rows, corners, vertices } = kernel;
  const [first, last] = [kernel.first, kernel.last].map((factors) => asBits(scaled(kernel.weights, corners, factors)));
  const list = new Uint32Array(2 * rows.length);
  for (let i = 0; i < rows.length; i++) {
    list[2 * i] = offsets.vertices + rows[i]!;
    list[2 * i + 1] = last![i]!;
  }
  const starts = startsOf(rows, vertices);
  const { chunks, longVertices, partials } = cutChunks(starts, offsets);
  return {
    ...{ corners: list, incidences: sortIncidences(kernel, first!, starts), chunks, longVertices },
    next: {
      corners: offsets.corners + rows.length,
      vertices: offsets.vertices + vertices,
      chunks: offsets.chunks + chunks.length / 2,
      longVertices: offsets.longVertices + longVertices.length / 2,
      partials,
    },
  };
}

/** Both neighbours of all kernels' vertices along one axis `[vertices, 2]`; none for kernels that have fewer axes. */
export function joinNeighbours(kernels: readonly ExportedKernel[], axis: number): Uint32Array<ArrayBuffer> {
  const vertices = kernels.reduce((sum, kernel) => sum + kernel.vertices, 0);
  const joined = new Uint32Array(2 * vertices).fill(NO_VERTEX);
  let base = 0;
  for (const kernel of kernels) {
    const neighbours = kernel.neighbours[axis] ?? [];
    for (let i = 0; i < neighbours.length; i++)
      if (neighbours[i] !== NO_VERTEX) joined[2 * base + i] = base + neighbours[i]!;
    base += kernel.vertices;
  }
  return joined;
}

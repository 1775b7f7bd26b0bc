import type { ExportedKernel } from '../lattice/export-kernel.ts';
import { PARTIAL } from './shaders/splat.ts';

/** Incidences that one thread adds up. */
const CHUNK = 64;

/** A kernel as shaders read it. */
export interface KernelLayout {
  /** Vertex and weight of each pixel's corners `[pixels, corners, 2]`, with the factors of the way out. */
  readonly corners: Uint32Array<ArrayBuffer>;
  /** Pixel and weight of each corner, sorted by vertex, with the factors of the way in. */
  readonly incidences: Uint32Array<ArrayBuffer>;
  /** First incidence and row of each chunk, and where the last one ends. */
  readonly chunks: Uint32Array<ArrayBuffer>;
  /** First partial sum and row of vertices that have several chunks, and where the last one's end. */
  readonly longVertices: Uint32Array<ArrayBuffer>;
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
function cutChunks(starts: Uint32Array): Pick<KernelLayout, 'chunks' | 'longVertices'> {
  const [chunks, longVertices]: [number[], number[]] = [[], []];
  let partials = 0;
  for (let vertex = 0; vertex < starts.length - 1; vertex++) {
    const [start, end] = [starts[vertex]!, starts[vertex + 1]!];
    if (end - start <= CHUNK) {
      chunks.push(start, vertex);
      continue;
    }
    longVertices.push(partials, vertex);
    for (let at = start; at < end; at += CHUNK) chunks.push(at, PARTIAL + partials++);
  }
  chunks.push(starts.at(-1)!, 0);
  longVertices.push(partials, 0);
  return { chunks: Uint32Array.from(chunks), longVertices: Uint32Array.from(longVertices) };
}

function listCorners(rows: Uint32Array, weights: Uint32Array): Uint32Array<ArrayBuffer> {
  const list = new Uint32Array(2 * rows.length);
  for (let i = 0; i < rows.length; i++) {
    list[2 * i] = rows[i]!;
    list[2 * i + 1] = weights[i]!;
  }
  return list;
}

/** Lays out a kernel of at least one pixel. */
export function layOutKernel(kernel: ExportedKernel): KernelLayout {
  const { rows, corners, vertices, weights, first, last } = kernel;
  const starts = startsOf(rows, vertices);
  return {
    corners: listCorners(rows, asBits(scaled(weights, corners, last))),
    incidences: sortIncidences(kernel, asBits(scaled(weights, corners, first)), starts),
    ...cutChunks(starts),
  };
}

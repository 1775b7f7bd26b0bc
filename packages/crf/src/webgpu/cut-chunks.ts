import { PARTIAL } from './shaders/splat.ts';

/** Incidences that one thread adds up. */
const CHUNK = 64;

/** How sums over a kernel's incidences are divided among threads. */
export interface Chunks {
  /** First incidence and row of each chunk, and where the last one ends. */
  readonly chunks: Uint32Array<ArrayBuffer>;
  /** First partial sum and row of vertices that have several chunks, and where the last one's end. */
  readonly longVertices: Uint32Array<ArrayBuffer>;
}

/** Cuts each vertex' incidences. @param starts where those of each vertex begin, and where the last one's end. */
export function cutChunks(starts: Uint32Array): Chunks {
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

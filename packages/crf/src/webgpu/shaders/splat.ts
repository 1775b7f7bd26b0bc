import { forEachVector } from './thread.ts';

/** Marks a chunk whose sum is a part of its vertex' only. */
export const PARTIAL = 0x80000000;

/**
 * What pixels send to vertices, gathered: WGSL has no atomic sums of floats, and an order of its own would make every run another.
 *
 * Incidences are sorted by vertex, and cut into chunks of the same vertex. One thread for each chunk and 4 lanes.
 */
export const SPLAT = /* wgsl */ `
struct Size { vectors: u32, chunks: u32 }
struct Chunk { start: u32, row: u32 }
struct Incidence { pixel: u32, weight: f32 }

@group(0) @binding(0) var<uniform> size: Size;
@group(0) @binding(1) var<storage, read> chunks: array<Chunk>;
@group(0) @binding(2) var<storage, read> incidences: array<Incidence>;
@group(0) @binding(3) var<storage, read> pixels: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> values: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> partials: array<vec4f>;

${forEachVector(
  'chunks',
  /* wgsl */ `
  let chunk = chunks[number];
  let end = chunks[number + 1u].start;
  var sum = vec4f();
  for (var i = chunk.start; i < end; i++) {
    sum += incidences[i].weight * pixels[incidences[i].pixel * size.vectors + lane];
  }
  if (chunk.row < ${PARTIAL}u) {
    values[chunk.row * size.vectors + lane] = sum;
  } else {
    partials[(chunk.row - ${PARTIAL}u) * size.vectors + lane] = sum;
  }
`,
)}
`;

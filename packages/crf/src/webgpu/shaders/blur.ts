import { forEachVector } from './thread.ts';

/** The neighbour of a vertex that has none. */
export const NO_VERTEX = 0xffffffff;

/** Adds half of both neighbours along one axis to each vertex. One thread for each vertex and 4 lanes. */
export const BLUR = /* wgsl */ `
struct Size { vectors: u32, vertices: u32 }

@group(0) @binding(0) var<uniform> size: Size;
@group(0) @binding(1) var<storage, read> neighbours: array<vec2u>;
@group(0) @binding(2) var<storage, read> before: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> after: array<vec4f>;

fn rowOf(vertex: u32, lane: u32) -> vec4f {
  if (vertex == ${NO_VERTEX}u) { return vec4f(); }
  return before[vertex * size.vectors + lane];
}

${forEachVector(
  'vertices',
  /* wgsl */ `
  let both = neighbours[number];
  let sum = rowOf(both.x, lane) + rowOf(both.y, lane);
  let at = number * size.vectors + lane;
  after[at] = before[at] + 0.5 * sum;
`,
)}
`;

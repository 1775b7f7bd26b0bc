import { GROUP, GROUP_NUMBER } from './thread.ts';

/** The neighbour of a vertex that has none. */
export const NO_VERTEX = 0xffffffff;

/** Adds half of both neighbours along one axis to each vertex. One thread for each vertex and 4 lanes. */
export const BLUR = /* wgsl */ `
${GROUP_NUMBER}
struct Size { vectors: u32, vertices: u32 }

@group(0) @binding(0) var<uniform> size: Size;
@group(0) @binding(1) var<storage, read> neighbours: array<vec2u>;
@group(0) @binding(2) var<storage, read> before: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> after: array<vec4f>;

fn rowOf(vertex: u32, lane: u32) -> vec4f {
  if (vertex == ${NO_VERTEX}u) { return vec4f(); }
  return before[vertex * size.vectors + lane];
}

@compute @workgroup_size(${GROUP})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = groupNumber(group, groups) * ${GROUP}u + local;
  let vertex = thread / size.vectors;
  if (vertex >= size.vertices) { return; }
  let lane = thread % size.vectors;
  let both = neighbours[vertex];
  let sum = rowOf(both.x, lane) + rowOf(both.y, lane);
  let at = vertex * size.vectors + lane;
  after[at] = before[at] + 0.5 * sum;
}
`;

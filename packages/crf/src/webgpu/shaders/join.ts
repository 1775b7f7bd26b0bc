import { GROUP, GROUP_NUMBER } from './thread.ts';

/** Adds up the parts of vertices that have more than one chunk. One thread for each of these and 4 lanes. */
export const JOIN = /* wgsl */ `
${GROUP_NUMBER}
struct Size { vectors: u32, vertices: u32 }
struct LongVertex { start: u32, row: u32 }

@group(0) @binding(0) var<uniform> size: Size;
@group(0) @binding(1) var<storage, read> longVertices: array<LongVertex>;
@group(0) @binding(2) var<storage, read> partials: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> values: array<vec4f>;

@compute @workgroup_size(${GROUP})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = groupNumber(group, groups) * ${GROUP}u + local;
  let number = thread / size.vectors;
  if (number >= size.vertices) { return; }
  let lane = thread % size.vectors;
  let vertex = longVertices[number];
  let end = longVertices[number + 1u].start;
  var sum = vec4f();
  for (var i = vertex.start; i < end; i++) { sum += partials[i * size.vectors + lane]; }
  values[vertex.row * size.vectors + lane] = sum;
}
`;

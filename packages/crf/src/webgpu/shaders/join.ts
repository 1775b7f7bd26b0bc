import { forEachVector } from './thread.ts';

/** Adds up the parts of vertices that have more than one chunk. One thread for each of these and 4 lanes. */
export const JOIN = /* wgsl */ `
struct Size { vectors: u32, vertices: u32 }
struct LongVertex { start: u32, row: u32 }

@group(0) @binding(0) var<uniform> size: Size;
@group(0) @binding(1) var<storage, read> longVertices: array<LongVertex>;
@group(0) @binding(2) var<storage, read> partials: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> values: array<vec4f>;

${forEachVector(
  'vertices',
  /* wgsl */ `
  let vertex = longVertices[number];
  let end = longVertices[number + 1u].start;
  var sum = vec4f();
  for (var i = vertex.start; i < end; i++) { sum += partials[i * size.vectors + lane]; }
  values[vertex.row * size.vectors + lane] = sum;
`,
)}
`;

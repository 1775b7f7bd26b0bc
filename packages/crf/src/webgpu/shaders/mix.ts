import { forEachVector } from './thread.ts';

/**
 * Weights of labels or of pairs of labels, on a kernel's vertices: there are fewer of these than pixels, and filtering is linear.
 *
 * One thread for each vertex and 4 lanes. A matrix has a row of lanes for each sender.
 */
export const MIX = /* wgsl */ `
struct Size { vectors: u32, vertices: u32, isMatrix: u32 }

@group(0) @binding(0) var<uniform> size: Size;
@group(0) @binding(1) var<storage, read> weights: array<vec4f>;
@group(0) @binding(2) var<storage, read> before: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> after: array<vec4f>;

fn product(row: u32, lane: u32) -> vec4f {
  var sum = vec4f();
  for (var i = 0u; i < size.vectors; i++) {
    let sent = before[row + i];
    let at = 4u * i * size.vectors + lane;
    sum += sent.x * weights[at] + sent.y * weights[at + size.vectors];
    sum += sent.z * weights[at + 2u * size.vectors] + sent.w * weights[at + 3u * size.vectors];
  }
  return sum;
}

${forEachVector(
  'vertices',
  /* wgsl */ `
  let row = number * size.vectors;
  if (size.isMatrix != 0u) {
    after[row + lane] = product(row, lane);
  } else {
    after[row + lane] = weights[lane] * before[row + lane];
  }
`,
)}
`;

import { GROUP, GROUP_NUMBER } from './thread.ts';

const SIZE = /* wgsl */ `
${GROUP_NUMBER}
struct Size { pixels: u32, labels: u32, step: u32 }

@group(0) @binding(0) var<uniform> size: Size;
@group(0) @binding(1) var<storage, read> lanes: array<f32>;
`;

/** Marginals without the lanes that no label has. One thread for each number. */
export const PACK = /* wgsl */ `
${SIZE}
@group(0) @binding(2) var<storage, read_write> packed: array<f32>;

@compute @workgroup_size(${GROUP})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let number = groupNumber(group, groups) * ${GROUP}u + local;
  if (number >= size.pixels * size.labels) { return; }
  let pixel = number / size.labels;
  packed[number] = lanes[size.step * pixel + number % size.labels];
}
`;

/** Each pixel's most probable label, the lowest of equal ones, in a byte. One thread for 4 pixels. */
export const PACK_LABELS = /* wgsl */ `
${SIZE}
@group(0) @binding(2) var<storage, read_write> packed: array<u32>;

fn labelOf(pixel: u32) -> u32 {
  if (pixel >= size.pixels) { return 0u; }
  let first = size.step * pixel;
  var best = 0u;
  for (var label = 1u; label < size.labels; label++) {
    if (lanes[first + label] > lanes[first + best]) { best = label; }
  }
  return best;
}

@compute @workgroup_size(${GROUP})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let number = groupNumber(group, groups) * ${GROUP}u + local;
  let pixel = 4u * number;
  if (pixel >= size.pixels) { return; }
  packed[number] = labelOf(pixel) | (labelOf(pixel + 1u) << 8u) | (labelOf(pixel + 2u) << 16u) | (labelOf(pixel + 3u) << 24u);
}
`;

import { GROUP_NUMBER } from '../../shaders/thread.ts';

/** Numbers that one workgroup adds up. */
export const SCAN_BLOCK = 256;

/** Sums of all numbers before each, within blocks, and the blocks' own sums. */
export const SCAN = /* wgsl */ `
${GROUP_NUMBER}
struct Size { count: u32 }

@group(0) @binding(0) var<uniform> size: Size;
@group(0) @binding(1) var<storage, read_write> numbers: array<u32>;
@group(0) @binding(2) var<storage, read_write> totals: array<u32>;
var<workgroup> sums: array<u32, ${SCAN_BLOCK}>;

@compute @workgroup_size(${SCAN_BLOCK})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let block = groupNumber(group, groups);
  let i = block * ${SCAN_BLOCK}u + local;
  var own = 0u;
  if (i < size.count) { own = numbers[i]; }
  var sum = own;
  sums[local] = sum;
  workgroupBarrier();
  for (var reach = 1u; reach < ${SCAN_BLOCK}u; reach *= 2u) {
    if (local >= reach) { sum += sums[local - reach]; }
    workgroupBarrier();
    sums[local] = sum;
    workgroupBarrier();
  }
  if (i < size.count) { numbers[i] = sum - own; }
  if (local == ${SCAN_BLOCK - 1}u && block * ${SCAN_BLOCK}u < size.count) { totals[block] = sum; }
}
`;

/** Adds what lies before a block to its numbers. */
export const ADD_TOTALS = /* wgsl */ `
${GROUP_NUMBER}
struct Size { count: u32 }

@group(0) @binding(0) var<uniform> size: Size;
@group(0) @binding(1) var<storage, read_write> numbers: array<u32>;
@group(0) @binding(2) var<storage, read> totals: array<u32>;

@compute @workgroup_size(${SCAN_BLOCK})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let block = groupNumber(group, groups);
  let i = block * ${SCAN_BLOCK}u + local;
  if (i < size.count) { numbers[i] += totals[block]; }
}
`;

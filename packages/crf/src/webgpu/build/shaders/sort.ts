import { GROUP_NUMBER } from '../../shaders/thread.ts';

/** Bits that one round sorts by, and numbers that one workgroup sorts. */
export const DIGIT_BITS = 8;
const BINS = 2 ** DIGIT_BITS;
export const SORT_BLOCK = 256;

const COMMON = /* wgsl */ `
${GROUP_NUMBER}
struct Size { count: u32, shift: u32, blocks: u32 }
@group(0) @binding(0) var<uniform> size: Size;

fn digitOf(row: u32) -> u32 { return (row >> size.shift) & ${BINS - 1}u; }
`;

const MAIN = /* wgsl */ `
@compute @workgroup_size(${SORT_BLOCK})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let block = groupNumber(group, groups);
  let i = block * ${SORT_BLOCK}u + local;
`;

/** How often each digit occurs in each block; digit by digit, so that sums of all before are places. */
export const COUNT_DIGITS = /* wgsl */ `
${COMMON}
@group(0) @binding(1) var<storage, read> rows: array<u32>;
@group(0) @binding(2) var<storage, read_write> counts: array<u32>;
var<workgroup> bins: array<atomic<u32>, ${BINS}>;
${MAIN}
  if (i < size.count) { atomicAdd(&bins[digitOf(rows[i])], 1u); }
  workgroupBarrier();
  if (block < size.blocks) { counts[local * size.blocks + block] = atomicLoad(&bins[local]); }
}
`;

/** Moves rows, and the numbers of their corners, to their places; of equal digits the earlier stays earlier. */
export const MOVE_DIGITS = /* wgsl */ `
${COMMON}
@group(0) @binding(1) var<storage, read> rows: array<u32>;
@group(0) @binding(2) var<storage, read> corners: array<u32>;
@group(0) @binding(3) var<storage, read> places: array<u32>;
@group(0) @binding(4) var<storage, read_write> sortedRows: array<u32>;
@group(0) @binding(5) var<storage, read_write> sortedCorners: array<u32>;
var<workgroup> digits: array<u32, ${SORT_BLOCK}>;
${MAIN}
  let isHere = i < size.count;
  if (isHere) { digits[local] = digitOf(rows[i]); }
  workgroupBarrier();
  if (!isHere) { return; }
  let digit = digits[local];
  var before = 0u;
  for (var j = 0u; j < local; j++) { before += select(0u, 1u, digits[j] == digit); }
  let place = places[digit * size.blocks + block] + before;
  sortedRows[place] = rows[i];
  sortedCorners[place] = corners[i];
}
`;

import { HEARD } from './heard.ts';
import { LOGITS } from './logits.ts';
import { MESSAGES } from './messages.ts';
import { PIXEL_THREADS } from './pixel-threads.ts';
import { GROUP } from './thread.ts';

/** One step of mean field: slices, adds what is known of the pixel, and takes the softmax over its labels. */
export const UPDATE = /* wgsl */ `
${PIXEL_THREADS}
${MESSAGES}
${HEARD}
${LOGITS}
@group(0) @binding(5) var<storage, read_write> marginals: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> change: atomic<u32>;
var<workgroup> groupChange: atomic<u32>;

fn softmax(logit: vec4f, local: u32) -> vec4f {
  together[local] = max(max(logit.x, logit.y), max(logit.z, logit.w));
  workgroupBarrier();
  var top = NEVER;
  for (var i = firstOf(local); i < endOf(local); i++) { top = max(top, together[i]); }
  workgroupBarrier();
  let power = exp2(logit - top);
  together[local] = dot(power, vec4f(1));
  workgroupBarrier();
  var sum = 0.0;
  for (var i = firstOf(local); i < endOf(local); i++) { sum += together[i]; }
  return power / sum;
}

/** Floats that are not negative sort as integers do. */
fn noteChange(most: f32, local: u32) {
  atomicMax(&groupChange, bitcast<u32>(most));
  workgroupBarrier();
  if (local == 0u) { atomicMax(&change, atomicLoad(&groupChange)); }
}

@compute @workgroup_size(${GROUP})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let lane = local % size.vectors;
  let inGroup = local / size.vectors;
  let pixel = groupNumber(group, groups) * size.pixelsPerGroup + inGroup;
  let isHere = inGroup < size.pixelsPerGroup && pixel < size.pixels;
  var logit = vec4f(NEVER);
  if (isHere) {
    logit = logits(pixel, lane) + heard(pixel, lane);
  }
  let shares = softmax(logit, local);
  var most = 0.0;
  if (isHere) {
    let at = pixel * size.vectors + lane;
    let moved = abs(shares - marginals[at]);
    most = max(max(moved.x, moved.y), max(moved.z, moved.w));
    marginals[at] = shares;
  }
  if (size.compares != 0u) { noteChange(most, local); }
}
`;

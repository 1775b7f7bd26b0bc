import { HEARD } from './heard.ts';
import { LOGITS } from './logits.ts';
import { MESSAGES } from './messages.ts';
import { PIXEL_THREADS } from './pixel-threads.ts';
import { GROUP } from './thread.ts';

/** For each group of pixels Σ Q·log₂ max(Q, 1e-20), Σ U·Q and Σ Q·C(KQ), the latter two in binary units. */
export const MEASURE = /* wgsl */ `
${PIXEL_THREADS}
${MESSAGES}
${HEARD}
${LOGITS}
@group(0) @binding(5) var<storage, read> marginals: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> sums: array<f32>;

/** In the order of the threads, so that every run is the same. */
fn addUp(number: f32, at: u32, local: u32) {
  together[local] = number;
  workgroupBarrier();
  if (local == 0u) {
    var sum = 0.0;
    for (var i = 0u; i < ${GROUP}u; i++) { sum += together[i]; }
    sums[at] = sum;
  }
  workgroupBarrier();
}

@compute @workgroup_size(${GROUP})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let number = groupNumber(group, groups);
  let lane = local % size.vectors;
  let inGroup = local / size.vectors;
  let pixel = number * size.pixelsPerGroup + inGroup;
  var parts = vec3f();
  if (inGroup < size.pixelsPerGroup && pixel < size.pixels) {
    let shares = marginals[pixel * size.vectors + lane];
    // lanes without a label have a share of 0, and a logit that no sum would survive
    let logit = select(logits(pixel, lane), vec4f(), shares < vec4f(1e-20));
    parts = vec3f(dot(shares, log2(max(shares, vec4f(1e-20)))), -dot(shares, logit), -dot(shares, heard(pixel, lane)));
  }
  addUp(parts.x, 3u * number, local);
  addUp(parts.y, 3u * number + 1u, local);
  addUp(parts.z, 3u * number + 2u, local);
}
`;

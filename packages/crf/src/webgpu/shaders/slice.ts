import { MESSAGES } from './messages.ts';
import { PIXEL_THREADS } from './pixel-threads.ts';
import { GROUP } from './thread.ts';

/** What a kernel sends, alone or beside what others sent. */
export const SLICE = /* wgsl */ `
${PIXEL_THREADS}
${MESSAGES}
@group(0) @binding(3) var<storage, read_write> received: array<vec4f>;

@compute @workgroup_size(${GROUP})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let inGroup = local / size.vectors;
  let pixel = groupNumber(group, groups) * size.pixelsPerGroup + inGroup;
  if (inGroup >= size.pixelsPerGroup || pixel >= size.pixels) { return; }
  let lane = local % size.vectors;
  let at = pixel * size.vectors + lane;
  var all = message(pixel, lane);
  if (size.adds != 0u) { all += received[at]; }
  received[at] = all;
}
`;

import { MESSAGES } from './messages.ts';
import { PIXEL_THREADS } from './pixel-threads.ts';
import { GROUP } from './thread.ts';

/** What pixels receive, and nothing else: the end of a filtering. */
export const SLICE = /* wgsl */ `
${PIXEL_THREADS}
${MESSAGES}
@group(0) @binding(4) var<storage, read_write> received: array<vec4f>;

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
  received[pixel * size.vectors + lane] = messages(pixel, lane);
}
`;

import { GROUP, GROUP_NUMBER } from '../../shaders/thread.ts';

/** One thread for each of `size.count` things, in the shaders that build a lattice. */
export const forEach = (body: string): string => /* wgsl */ `
${GROUP_NUMBER}
@compute @workgroup_size(${GROUP})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = groupNumber(group, groups) * ${GROUP}u + local;
  if (i >= size.count) { return; }
  ${body}
}
`;

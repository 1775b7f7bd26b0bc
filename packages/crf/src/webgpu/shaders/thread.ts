/** Threads of a workgroup, in every shader. */
export const GROUP = 64;

/** Numbers groups, which lie in two dimensions as one holds no more than 65535. */
export const GROUP_NUMBER = /* wgsl */ `
fn groupNumber(group: vec3u, groups: vec3u) -> u32 { return group.y * groups.x + group.x; }
`;

/** A shader's main function: `body` for each of `count` things, fields of `size`, and 4 of its lanes. It has `number`, and `lane` in vectors. */
export const forEachVector = (count: string, body: string): string => /* wgsl */ `
${GROUP_NUMBER}
@compute @workgroup_size(${GROUP})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = groupNumber(group, groups) * ${GROUP}u + local;
  let number = thread / size.vectors;
  if (number >= size.${count}) { return; }
  let lane = thread % size.vectors;
  ${body}
}
`;

/** Threads of a workgroup, in every shader. */
export const GROUP = 64;

/** Numbers groups, which lie in two dimensions as one holds no more than 65535. */
export const GROUP_NUMBER = /* wgsl */ `
fn groupNumber(group: vec3u, groups: vec3u) -> u32 { return group.y * groups.x + group.x; }
`;

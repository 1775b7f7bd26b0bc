/** Threads of a group that work on their own. */
export const GROUP = 64;

/** The number of a thread among all, in a dispatch of two dimensions. */
const THREAD = `@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>`;
const INDEX = `i32(id.x + id.y * groups.x * ${GROUP}u)`;

/** A thread for each of `p.items` things. @param body statements that know its number `i`. */
export const each = (body: string): string => `
@compute @workgroup_size(${GROUP})
fn main(${THREAD}) {
  let i = ${INDEX};
  if (i >= p.items) { return; }
  ${body}
}`;

/**
 * A thread for each block of the map `y`.
 *
 * @param body statements that set `value`; they know `block`, `pixel`, and its `image`, `row` and `column`.
 */
export const eachBlock = (body: string): string => `
@compute @workgroup_size(${GROUP})
fn main(${THREAD}) {
  let i = ${INDEX};
  let block = i % p.yBlocks;
  let pixel = i / p.yBlocks;
  if (pixel >= p.yPixels) { return; }
  let column = pixel % p.yWidth;
  let row = (pixel / p.yWidth) % p.yHeight;
  let image = pixel / (p.yWidth * p.yHeight);
  var value = vec4<f32>(0.0);
  ${body}
  y_set(pixel, block, value);
}`;

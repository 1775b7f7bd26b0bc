/** What all kernels send: the message of the last one, and what was received of those before it. */
export const HEARD = /* wgsl */ `
@group(0) @binding(3) var<storage, read> received: array<vec4f>;

fn heard(pixel: u32, lane: u32) -> vec4f {
  var all = vec4f();
  if (size.hears != 0u) { all = message(pixel, lane); }
  if (size.adds != 0u) { all += received[pixel * size.vectors + lane]; }
  return all;
}
`;

/** What a kernel sends a pixel. Corners lie pixel after pixel, so many of each. */
export const MESSAGES = /* wgsl */ `
struct Corner { row: u32, weight: f32 }

@group(0) @binding(1) var<storage, read> corners: array<Corner>;
@group(0) @binding(2) var<storage, read> values: array<vec4f>;

fn message(pixel: u32, lane: u32) -> vec4f {
  let first = pixel * size.corners;
  var sum = vec4f();
  for (var i = first; i < first + size.corners; i++) {
    sum += corners[i].weight * values[corners[i].row * size.vectors + lane];
  }
  return size.weight * sum;
}
`;

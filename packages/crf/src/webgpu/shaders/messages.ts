/** What pixels receive. Kernels are terms: so many corners a pixel, from some place of the list on, and a weight for all. */
export const MESSAGES = /* wgsl */ `
struct Corner { row: u32, weight: f32 }
struct Term { firstCorner: u32, corners: u32, weight: f32 }

@group(0) @binding(1) var<storage, read> terms: array<Term>;
@group(0) @binding(2) var<storage, read> corners: array<Corner>;
@group(0) @binding(3) var<storage, read> values: array<vec4f>;

fn messages(pixel: u32, lane: u32) -> vec4f {
  var all = vec4f();
  for (var t = 0u; t < size.terms; t++) {
    let term = terms[t];
    let first = term.firstCorner + pixel * term.corners;
    var sum = vec4f();
    for (var i = first; i < first + term.corners; i++) {
      sum += corners[i].weight * values[corners[i].row * size.vectors + lane];
    }
    all += term.weight * sum;
  }
  return all;
}
`;

import { forEach } from './corner-threads.ts';
import { WORDS } from './words.ts';

/**
 * Which simplex of the lattice holds a pixel: the key of each of its corners, and its barycentric weights. One thread for each pixel.
 *
 * The steps of `KeyLayout`, the origin behind them.
 *
 * @see Adams, Baek and Davis 2010, "Fast High-Dimensional Filtering Using the Permutohedral Lattice", §3.1
 */
export const EMBED = /* wgsl */ `
${WORDS}
struct Size { count: u32, dimensions: u32, pitch: u32 }

@group(0) @binding(0) var<uniform> size: Size;
@group(0) @binding(1) var<storage, read> features: array<f32>;
@group(0) @binding(2) var<storage, read> scales: array<f32>;
@group(0) @binding(3) var<storage, read> steps: array<vec2u>;
@group(0) @binding(4) var<storage, read_write> keys: array<vec2u>;
@group(0) @binding(5) var<storage, read_write> weights: array<f32>;

/** Of each coordinate of the plane: how far from the simplex' corner, in how many steps, and its rank by distance. */
var<private> position: array<f32, 17>;
var<private> quotient: array<f32, 17>;
var<private> rank: array<f32, 17>;
var<private> sorted: array<f32, 17>;
var<private> order: array<u32, 17>;

fn elevate(pixel: u32) {
  var sum = 0.0;
  for (var j = size.dimensions; j > 0u; j--) {
    let scaled = features[(j - 1u) * size.pitch + pixel] * scales[j - 1u];
    position[j] = sum - f32(j) * scaled;
    sum += scaled;
  }
  position[0] = sum;
}

/** @returns how many steps the rounded point lies off the plane. */
fn roundPositions(width: f32) -> f32 {
  var sum = 0.0;
  for (var i = 0u; i <= size.dimensions; i++) {
    quotient[i] = round(position[i] * (1.0 / width));
    position[i] -= quotient[i] * width;
    rank[i] = 0.0;
    sum += quotient[i];
  }
  return sum;
}

fn rankPositions() {
  for (var i = 0u; i < size.dimensions; i++) {
    for (var j = i + 1u; j <= size.dimensions; j++) {
      let less = select(0.0, 1.0, position[i] < position[j]);
      rank[i] += less;
      rank[j] += 1.0 - less;
    }
  }
}

fn returnToPlane(off: f32, width: f32) {
  for (var i = 0u; i <= size.dimensions; i++) {
    let moved = rank[i] + off;
    let turn = select(0.0, 1.0, moved < 0.0) - select(0.0, 1.0, moved >= width);
    let place = u32(moved + turn * width);
    quotient[i] += turn;
    sorted[place] = (position[i] - turn * width) * (1.0 / width);
    order[place] = i;
  }
}

${forEach(/* wgsl */ `
  let width = f32(size.dimensions + 1u);
  elevate(i);
  let off = roundPositions(width);
  rankPositions();
  returnToPlane(off, width);
  var key = steps[size.dimensions + 1u];
  for (var j = 0u; j <= size.dimensions; j++) { key = plus(key, times(steps[j], i32(quotient[j]))); }
  let first = i * (size.dimensions + 1u);
  keys[first] = key;
  weights[first] = sorted[size.dimensions] + 1.0 - sorted[0];
  for (var m = 1u; m <= size.dimensions; m++) {
    let last = size.dimensions - m + 1u;
    key = minus(key, steps[order[last]]);
    keys[first + m] = key;
    weights[first + m] = sorted[last - 1u] - sorted[last];
  }`)}
`;

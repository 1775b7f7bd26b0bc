/** Words of 64 bits, low half first, as WGSL has none. Sums and products begin again at 0, as those of the host do. */
export const WORDS = /* wgsl */ `
fn plus(a: vec2u, b: vec2u) -> vec2u {
  let low = a.x + b.x;
  return vec2u(low, a.y + b.y + select(0u, 1u, low < a.x));
}

fn minus(a: vec2u, b: vec2u) -> vec2u {
  return vec2u(a.x - b.x, a.y - b.y - select(0u, 1u, a.x < b.x));
}

fn wideProduct(a: u32, b: u32) -> vec2u {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let cross = (a >> 16u) * (b & 0xffffu);
  let middle = (a & 0xffffu) * (b >> 16u) + (low >> 16u) + (cross & 0xffffu);
  return vec2u((middle << 16u) | (low & 0xffffu), (a >> 16u) * (b >> 16u) + (cross >> 16u) + (middle >> 16u));
}

fn times(a: vec2u, b: i32) -> vec2u {
  let size = u32(abs(b));
  let product = wideProduct(a.x, size) + vec2u(0u, a.y * size);
  if (b < 0) { return minus(vec2u(), product); }
  return product;
}
`;

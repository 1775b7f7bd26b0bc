import type { Precision } from '../precision.ts';

/** Largest number of float16. What is larger must not become infinite: 0 · ∞ is no number. */
const LARGEST_HALF = '65504.0';

/**
 * The type `Four` of four stored numbers, and the ways from it and to it.
 *
 * Halves are packed in words, which every device can do: `shader-f16` would add arithmetic in float16 only, and nothing is computed in it.
 */
export const FOUR: Readonly<Record<Precision, string>> = {
  float32: `
alias Four = vec4<f32>;
fn widen(stored: Four) -> vec4<f32> { return stored; }
fn narrow(value: vec4<f32>) -> Four { return value; }`,
  float16: `
alias Four = vec2<u32>;
fn widen(stored: Four) -> vec4<f32> { return vec4<f32>(unpack2x16float(stored.x), unpack2x16float(stored.y)); }
fn narrow(value: vec4<f32>) -> Four {
  let clamped = clamp(value, vec4<f32>(-${LARGEST_HALF}), vec4<f32>(${LARGEST_HALF}));
  return vec2<u32>(pack2x16float(clamped.xy), pack2x16float(clamped.zw));
}`,
};

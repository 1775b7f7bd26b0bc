/** What is known of pixels. Powers of 2 are what devices compute. */
export const SOURCES = { energies: 0, logits: 1, probabilities: 2 } as const;

/** Below this a probability is taken for it, as where energies are computed on the host. */
const SMALLEST = 1e-5;

/** Logits to the base 2 of a pixel's labels, 4 at a time, and nothing for lanes that no label has. */
export const LOGITS = /* wgsl */ `
const LOG2_E = 1.44269504;
const NEVER = -1e30;

@group(0) @binding(4) var<storage, read> given: array<f32>;

fn logitOf(pixel: u32, label: u32) -> f32 {
  if (label >= size.labels) { return NEVER; }
  let number = given[pixel * size.labels + label];
  if (size.source == ${SOURCES.probabilities}u) { return log2(clamp(number, ${SMALLEST}, 1.0)); }
  return select(-LOG2_E, LOG2_E, size.source == ${SOURCES.logits}u) * number;
}

fn logits(pixel: u32, lane: u32) -> vec4f {
  let label = 4u * lane;
  return vec4f(logitOf(pixel, label), logitOf(pixel, label + 1u), logitOf(pixel, label + 2u), logitOf(pixel, label + 3u));
}
`;

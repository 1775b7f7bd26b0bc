import type { Activation } from '@atrous/core';

/** Further down the exponential function overflows. */
const SIGMOID = '1.0 / (1.0 + exp(-max(x, vec4<f32>(-80.0))))';
const HARD_SIGMOID = 'clamp(x + 3.0, vec4<f32>(0.0), vec4<f32>(6.0)) / 6.0';

const EXPRESSIONS = {
  linear: 'x',
  relu: 'max(x, vec4<f32>(0.0))',
  relu6: 'clamp(x, vec4<f32>(0.0), vec4<f32>(6.0))',
  leakyRelu: 'max(x, x / 10.0)',
  hardSigmoid: HARD_SIGMOID,
  hardSwish: `x * ${HARD_SIGMOID}`,
  sigmoid: SIGMOID,
  silu: `x * ${SIGMOID}`,
} as const satisfies Readonly<Record<Activation, string>>;

/** The function of four numbers, named `activate` or as is said. */
export const activate = (fn: Activation, name = 'activate'): string => `
fn ${name}(x: vec4<f32>) -> vec4<f32> { return ${EXPRESSIONS[fn]}; }`;

export type { Compatibility } from './compatibility.ts';
export type { CrfEngine, CrfField, CrfInference, CrfProblem, FieldSpec } from './engine.ts';
export type { CrfImage, KernelSpec, Normalization, RgbStd, XyStd } from './kernel-spec.ts';
export { energiesFromProbabilities } from './unary/energies-from-probabilities.ts';

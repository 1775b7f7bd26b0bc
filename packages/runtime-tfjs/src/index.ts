export { createTfjsRuntime, type TfjsRuntime, type TrainableOptions } from './create-tfjs-runtime.ts';
export type { BackendQuirks, TfjsBackend } from './tfjs-backend.ts';
export {
  fusedKernels,
  type CrossEntropyCall,
  type CrossEntropySums,
  type FusedKernels,
  type SgdCall,
  type SgdStep,
} from './training/fused-kernels.ts';
export type { BatchStatistics, ForwardOptions, ForwardPass, TrainableNetwork } from './training/trainable-network.ts';
export type {
  BatchNormGradientCall,
  BatchNormGradients,
  ConvolutionGeometry,
  FilterGradient,
  InputGradient,
  NormalizedBatch,
  PoolGeometry,
  Shape4D,
  TrainingKernels,
} from './training/training-kernels.ts';

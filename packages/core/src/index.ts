export { analyze, type GraphAnalysis, type NodeAnalysis } from './analysis.ts';
export type { ReceptiveField } from './receptive-field.ts';
export { concatSlices, type Slice } from './buffers/concat-slices.ts';
export { placeBlocks, type Block } from './buffers/place-blocks.ts';
export { planBuffers, type BufferOptions, type BufferPlacement, type BufferPlan } from './buffers/plan-buffers.ts';
export { checkInputs } from './check-inputs.ts';
export { checkWeights } from './check-weights.ts';
export { countReaders } from './count-readers.ts';
export {
  AtrousError,
  BackendError,
  DataError,
  ShapeError,
  UnknownPluginError,
  UnsupportedError,
  WeightsError,
  type AtrousErrorOptions,
} from './errors.ts';
export {
  createGraphBuilder,
  type AvgPoolOptions,
  type ConvOptions,
  type GraphBuilder,
  type PoolOptions,
  type WindowOptions,
} from './graph-builder.ts';
export {
  graphFromJson,
  graphToJson,
  inputsOf,
  nodesByName,
  parametersOf,
  retarget,
  withInputShape,
  type RebuildOptions,
} from './graph.ts';
export { resizedSize } from './infer-shape.ts';
export { cornerRules, fusedKinds } from './ops.ts';
export type {
  Activation,
  CornerRule,
  FusedKind,
  Graph,
  Json,
  Node,
  NodeOf,
  Nominal,
  OpAttrs,
  OpKind,
  Padding,
  Pads,
  Pair,
  Param,
  ResizeTarget,
  Shape,
} from './ops.ts';
export { effectiveKernel, resolvePads, windowOutputSize, type WindowGeometry } from './padding.ts';
export { classifyBeforeUpsampling } from './passes/classify-before-upsampling.ts';
export { cutConv, cutTaps, type CutConv } from './passes/cut-taps.ts';
export { fixStrides } from './passes/fix-strides.ts';
export { foldBatchNorm, type Network } from './passes/fold-batch-norm.ts';
export { foldPads } from './passes/fold-pads.ts';
export { fuseActivations } from './passes/fuse-activations.ts';
export { fuseTail } from './passes/fuse-tail.ts';
export { keepOutputs } from './passes/keep-outputs.ts';
export { optimizeForInference } from './passes/optimize-for-inference.ts';
export { optimize, type Fusion, type OptimizeOptions } from './passes/optimize.ts';
export { poolAsBias } from './passes/pool-as-bias.ts';
export { projectThenUpsample } from './passes/project-then-upsample.ts';
export { removeDropout } from './passes/remove-dropout.ts';
export { removeIdentities } from './passes/remove-identities.ts';
export {
  defineBackbone,
  defineHead,
  defineModel,
  defineOp,
  defineRuntime,
  type Availability,
  type Backbone,
  type BackboneFactory,
  type CompileOptions,
  type Executable,
  type Factory,
  type Feature,
  type Features,
  type Head,
  type HeadFactory,
  type MemoryUse,
  type Model,
  type OpDefinition,
  type OpGradientCall,
  type OpGradients,
  type Plugin,
  type Runtime,
} from './plugins.ts';
export { createPace, type Pace } from './pace.ts';
export type { LabelClass, LabelMap } from './label-map.ts';
export type { Fit, Preprocessing } from './preprocessing.ts';
export type { LongRunningOptions, Progress } from './progress.ts';
export { createQueue, type Queue } from './queue.ts';
export { createRandom, type Random, type RandomKey } from './random.ts';
export { createRegistry, type Registry } from './registry.ts';
export { firstNotFinite } from './first-not-finite.ts';
export { poolingBin } from './pooling-bin.ts';
export { resizeAxis, resizeTaps, type ResizeAttrs, type ResizeTaps } from './resize-taps.ts';
export { sumsToFuse, type FusedSum } from './sums-to-fuse.ts';
export { sizeOf, tensor, type Tensor, type TensorData, type Weights } from './tensor.ts';
export { windowAxes, type WindowAxis } from './window-axes.ts';

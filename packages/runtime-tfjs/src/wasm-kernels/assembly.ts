import type { Heap } from './heap.ts';

/** Bytes in the memory of tfjs, where float32 values begin. */
type Address = number;

/** What a window reads of its input: pixels by row and column. The numbers after the sizes of input, output and window. */
export type Window = [strideY: number, strideX: number, rateY: number, rateX: number, padTop: number, padLeft: number];

/** The functions of `assembly/`, which say what they do. They trust their arguments. */
export interface Assembly {
  batchNormGradient(
    x: Address,
    dy: Address,
    gamma: Address,
    beta: Address,
    mean: Address,
    variance: Address,
    dx: Address,
    dgamma: Address,
    dbeta: Address,
    pixels: number,
    channels: number,
    epsilon: number,
    share: number,
    low: number,
    high: number,
    scratch: Address,
  ): void;
  axisGradient(
    dy: Address,
    dx: Address,
    outer: number,
    from: number,
    to: number,
    inner: number,
    entries: Address,
    count: number,
  ): void;
  channelSums(x: Address, sums: Address, pixels: number, channels: number, scratch: Address): void;
  convFilterGradient(
    x: Address,
    dy: Address,
    dw: Address,
    batch: number,
    height: number,
    width: number,
    channels: number,
    outHeight: number,
    outWidth: number,
    filters: number,
    kernelHeight: number,
    kernelWidth: number,
    ...rest: [...window: Window, scratch: Address]
  ): void;
  convFilterGradientScratch(taps: number, channels: number, filters: number): number;
  crossEntropy(
    logits: Address,
    labels: Address,
    rows: Address,
    columns: Address,
    classWeights: Address,
    gradient: Address,
    totals: Address,
    batch: number,
    height: number,
    width: number,
    classes: number,
    outHeight: number,
    outWidth: number,
    ignoreLabel: number,
    smoothing: number,
    scratch: Address,
  ): void;
  crossEntropyScratch(width: number, classes: number): number;
  depthwiseFilterGradient(
    x: Address,
    dy: Address,
    dw: Address,
    batch: number,
    height: number,
    width: number,
    channels: number,
    outHeight: number,
    outWidth: number,
    kernelHeight: number,
    kernelWidth: number,
    ...window: Window
  ): void;
  depthwiseInputGradient(
    dy: Address,
    w: Address,
    dx: Address,
    batch: number,
    height: number,
    width: number,
    channels: number,
    outHeight: number,
    outWidth: number,
    kernelHeight: number,
    kernelWidth: number,
    ...window: Window
  ): void;
  gateGradient(at: Address, dy: Address, dx: Address, size: number, low: number, high: number, slope: number): void;
  maxPoolGradient(
    x: Address,
    dy: Address,
    dx: Address,
    batch: number,
    height: number,
    width: number,
    channels: number,
    outHeight: number,
    outWidth: number,
    kernelHeight: number,
    kernelWidth: number,
    strideY: number,
    strideX: number,
    padTop: number,
    padLeft: number,
    scratch: Address,
  ): void;
  maxPoolGradientScratch(outSize: number, width: number, channels: number): number;
  normalizeBatch(
    x: Address,
    gamma: Address,
    beta: Address,
    y: Address,
    mean: Address,
    variance: Address,
    pixels: number,
    channels: number,
    epsilon: number,
    low: number,
    high: number,
    scratch: Address,
  ): void;
  pointwise(
    x: Address,
    w: Address,
    bias: Address,
    y: Address,
    pixels: number,
    k: number,
    n: number,
    transposed: boolean,
    scratch: Address,
  ): void;
  pointwiseScratch(k: number, n: number): number;
  sgd(
    value: Address,
    gradient: Address,
    velocity: Address,
    nextValue: Address,
    nextVelocity: Address,
    size: number,
    rate: number,
    momentum: number,
    decay: number,
  ): void;
  sliceChannels(x: Address, y: Address, pixels: number, channels: number, count: number): void;
}

/** Kernels need both: where the numbers are, and what computes with them. */
export interface Opened {
  readonly heap: Heap;
  readonly assembly: Assembly;
}

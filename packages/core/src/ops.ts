/** Height and width. */
export type Pair = readonly [height: number, width: number];

/** Rows and columns of zeros on each side. */
export interface Pads {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * How a window meets the border.
 *
 * - `same`: TensorFlow's rule. Output is `ceil(n / stride)`; the odd row or column goes to the bottom or right.
 * - `symmetric`: PyTorch's usual padding, `rate · (k − 1)` in all, half of it (rounded down) before.
 * - `valid`: none.
 * - {@link Pads}: exactly these.
 */
export type Padding = 'same' | 'symmetric' | 'valid' | Pads;

/** Elementwise functions. `leakyRelu(x) = max(x, x / 10)`, `hardSwish(x) = x · relu6(x + 3) / 6`, `hardSigmoid(x) = relu6(x + 3) / 6`, `silu(x) = x · sigmoid(x)`. */
export type Activation = 'linear' | 'relu' | 'relu6' | 'leakyRelu' | 'hardSwish' | 'hardSigmoid' | 'sigmoid' | 'silu';

/**
 * Where a resized pixel is read: `alignCorners` at `i · (in − 1) / (out − 1)`; `halfPixel` at `max((i + ½) · in / out − ½, 0)`
 * (PyTorch `align_corners=False`); `asymmetric` at `i · in / out` (TensorFlow 1 default); `deconvolution` at
 * `(i + ½) · in / out − ½` with zeros beyond the border (Caffe's bilinear deconvolution, the last layer of Dilation10).
 */
export type CornerRule = (typeof cornerRules)[number];

/** Every {@link CornerRule}. */
export const cornerRules = ['alignCorners', 'halfPixel', 'asymmetric', 'deconvolution'] as const;

/** Size of a resize. `like`: the height and width of the second input. `scale`: `floor(in · factor)`, coordinates divided by the factor itself. */
export type ResizeTarget =
  | { readonly kind: 'like' }
  | { readonly kind: 'size'; readonly size: Pair }
  | { readonly kind: 'scale'; readonly factor: Pair };

/**
 * What a layer was in the classification network, before an output stride turned strides into rates.
 *
 * The builder derives `strides` and `atrousRate` from it: a stride that would exceed the output stride is dropped, or cut to the part that
 * does not (4 to 2), and everything after it is read at `atrousRate × density`, where density is the nominal stride of the input over its real one.
 * Layers without it keep their stride and rate at every output stride.
 *
 * @see Chen et al. 2017, "Rethinking Atrous Convolution", §3.1, arXiv:1706.05587
 */
export interface Nominal {
  readonly stride: number;
  readonly atrousRate: Pair;
  /** Name of the node whose density counts instead of the input's: some ports give a whole stage the rate of its first or last unit. */
  readonly densityOf?: string | undefined;
  /** Window of a layer that goes with its stride: without the stride it is 1×1 (a pooling that VainF's Xception leaves out). */
  readonly stridedKernel?: Pair | undefined;
}

interface Window {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly padding: Padding;
  readonly nominal?: Nominal | undefined;
}

interface Convolution extends Window {
  readonly atrousRate: Pair;
  readonly useBias: boolean;
  /** Applied to the result. Builders write `linear`; the inference passes fuse a following activation here. */
  readonly activation: Activation;
}

/** Attributes of every op kind. Plain data, so that a graph is JSON. */
export interface OpAttrs {
  /** The image, `[n, h, w, c]`; `null` dims are open. */
  readonly input: { readonly shape: Shape };
  /** Atrous convolution with filters `[kh, kw, in, filters]`. */
  readonly conv2d: Convolution & { readonly filters: number };
  /** One filter per channel, `[kh, kw, in, multiplier]`; output channel is `c · multiplier + m`. */
  readonly depthwiseConv2d: Convolution & { readonly multiplier: number };
  /** `gamma · (x − mean) / sqrt(variance + epsilon) + beta`. `momentum` is the share of the old statistics kept (TensorFlow's decay). */
  readonly batchNorm: { readonly epsilon: number; readonly momentum: number };
  readonly activation: { readonly fn: Activation };
  /** Over channels. */
  readonly softmax: { readonly log: boolean };
  /** Sum of two or more tensors; all but the first may be `[n, 1, 1, c]`. */
  readonly add: { readonly activation: Activation };
  /** The largest of two or more tensors of one shape, element by element. */
  readonly maximum: Record<never, never>;
  /** Product of two tensors; the second may be `[n, 1, 1, c]`. */
  readonly multiply: Record<never, never>;
  /** Along channels. */
  readonly concat: Record<never, never>;
  /** Padding counts as −∞. `rounding: 'ceil'` lets a last window start inside the padded input (Caffe). */
  readonly maxPool: Window & { readonly rounding: 'floor' | 'ceil' };
  /** `countPadding`: whether the divisor counts padded positions (PyTorch, Caffe) or not (TensorFlow). */
  readonly avgPool: Window & {
    readonly rounding: 'floor' | 'ceil';
    readonly countPadding: boolean;
    /**
     * Image pixels that the window covers at any output stride: the kernel is `floor((crop − 1) / stride) + 1` at the input's stride,
     * or the whole map where that is smaller.
     */
    readonly crop?: Pair | undefined;
  };
  /** Mean over height and width: `[n, 1, 1, c]`. */
  readonly globalAvgPool: Record<never, never>;
  /** Mean over each of `bins` even parts of height and width, whatever those are: `[n, bins…, c]`. Parts as {@link poolingBin} says. */
  readonly adaptiveAvgPool: { readonly bins: Pair };
  readonly resizeBilinear: { readonly target: ResizeTarget; readonly corners: CornerRule };
  /** Zeros around height and width. With `nominal`, the pads are multiplied by the density. */
  readonly pad: {
    readonly pads: Pads;
    readonly nominal?: { readonly pads: Pads; readonly densityOf?: string | undefined } | undefined;
  };
  /** Channels to space. `crr`: input channel `c·b² + dy·b + dx` (PyTorch pixel shuffle, DUC); `rrc`: `(dy·b + dx)·C + c` (TensorFlow). */
  readonly depthToSpace: { readonly blockSize: number; readonly order: 'crr' | 'rrc' };
  /** Identity at inference; `rate` is the share dropped in training. */
  readonly dropout: { readonly rate: number };
  /** Class ids `[n, h, w, 1]` of the largest channel; the lowest id wins ties. */
  readonly argMax: Record<never, never>;
  /**
   * The second half of a convolution behind a bilinear resize, whose first half was computed at low resolution: channel
   * `(ky · kw + kx) · filters + f` of the input is what tap (ky, kx) of filter f makes of every pixel. With U the input resized,
   * `out[y, x, f] = activation(b[f] + Σ U[y + ky · rate − top, x + kx · rate − left, (ky · kw + kx) · filters + f])`, zero beyond U.
   * Height and width are those that the convolution would have. Only `optimize` writes it.
   */
  readonly interpolateTaps: {
    readonly target: ResizeTarget;
    readonly corners: CornerRule;
    readonly kernel: Pair;
    readonly atrousRate: Pair;
    /** Of the convolution, on the resized map. */
    readonly padding: Padding;
    readonly filters: number;
    readonly useBias: boolean;
    readonly activation: Activation;
  };
  /** `argMax` of `resizeBilinear`, without the resized map in between. Only `optimize` writes it. */
  readonly resizeArgMax: { readonly target: ResizeTarget; readonly corners: CornerRule };
  /** An op defined by a plugin with `defineOp`. */
  readonly custom: { readonly op: string; readonly options: Json };
}

export type OpKind = keyof OpAttrs;

/** Op kinds that builders do not write: `optimize` puts them in place of others for runtimes that have kernels for them. */
export const fusedKinds = ['interpolateTaps', 'resizeArgMax'] as const;

/** One of {@link fusedKinds}. */
export type FusedKind = (typeof fusedKinds)[number];

/** JSON values, for options of custom ops and model configs. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** `[n, h, w, c]`; `null` where the extent is only known when the network runs. */
export type Shape = readonly (number | null)[];

/** A trainable or statistical tensor of a node. Two nodes may name the same one: they share it. */
export interface Param {
  readonly name: string;
  readonly shape: readonly number[];
}

/** One node of kind `K`. Immutable plain data. */
export interface NodeOf<K extends OpKind> {
  readonly kind: K;
  /** Unique in the graph; parameters are named under it. */
  readonly name: string;
  /** Names of nodes that come earlier in {@link Graph.nodes}. */
  readonly inputs: readonly string[];
  readonly attrs: OpAttrs[K];
  /** By role: `weights` and `biases`, `depthwiseWeights`, `gamma`, `beta`, `movingMean`, `movingVariance`. */
  readonly params: Readonly<Record<string, Param>>;
  readonly shape: Shape;
}

export type Node = { readonly [K in OpKind]: NodeOf<K> }[OpKind];

/** A network: plain data in topological order. */
export interface Graph {
  readonly nodes: readonly Node[];
  /** Output name to node name, for example `{ logits: 'head/logits' }`. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The output stride nominal layers were resolved at; `null` keeps every stride. */
  readonly outputStride: number | null;
}

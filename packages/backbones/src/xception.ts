import { checkChoice, checkPositive, convBlock, scaleWidth, type NormOptions } from '@atrous/atrous-ops';
import { defineBackbone, ShapeError, type Feature, type GraphBuilder, type Node } from '@atrous/core';
import { rectify, xceptionBlock, xceptionSeparable, type XceptionBlockOptions } from './xception-block.ts';

/** Options of {@link xception}. The defaults are Google's. */
export interface XceptionOptions extends NormOptions {
  /** Number of layers. */
  readonly layers: 41 | 65 | 71;
  /** Network's width: every number of channels is multiplied by it and rounded to a multiple of 8. Any positive number. */
  readonly depthMultiplier: number;
  /**
   * Which skips of blocks read the rectified input. `none`: Google. `identity`: those without a convolution (bubbliiiing).
   * `all`: jfzhang95, and features are rectified as well. In the ports it comes of ReLUs that overwrite their input.
   */
  readonly rectifiedSkips: 'none' | 'identity' | 'all';
  /** Nominal stride of the first exit block; bubbliiiing's is 1, so that the exit flow is not read further apart at output stride 16. */
  readonly exitStride: 1 | 2;
  /** Rate of the last convolution of the first exit block: that of the block, or always 1 (jfzhang95). */
  readonly exitBlockEnd: 'atrous' | 'dense';
  /** Whether the depthwise convolutions after the last block are followed by ReLU; jfzhang95's are not. */
  readonly exitDepthwiseRelu: boolean;
}

type Width = readonly [filters: number, stride: number];

/** Channels and stride of the entry flow's blocks; the paper's Figure 4, and tensorflow/models for 41 and 71 layers. */
const ENTRY: readonly Width[] = [
  [128, 2],
  [256, 2],
  [728, 2],
];

const DEEP_ENTRY: readonly Width[] = [
  [128, 2],
  [256, 1],
  [256, 2],
  [728, 1],
  [728, 2],
];

const FLOWS = {
  41: { entry: ENTRY, middle: 8 },
  65: { entry: ENTRY, middle: 16 },
  71: { entry: DEEP_ENTRY, middle: 16 },
} as const;

const STEM = [32, 64] as const;
const MIDDLE = [728, 728, 728] as const;
const EXIT_BLOCK = [728, 1024, 1024] as const;
const EXIT = [1536, 1536, 2048] as const;

const WIDTH_DIVISOR = 8;

function checkOneOf(option: string, value: number, known: readonly number[]): void {
  if (!known.includes(value))
    throw new ShapeError(`${option} is ${JSON.stringify(value)}, expected one of ${known.join(', ')}`, {
      code: 'OPTION',
    });
}

function checkOptions({ layers, depthMultiplier, epsilon, ...options }: XceptionOptions): void {
  checkPositive('depthMultiplier', depthMultiplier);
  checkPositive('epsilon', epsilon);
  checkOneOf('layers', layers, [41, 65, 71]);
  checkChoice('rectifiedSkips', options.rectifiedSkips, ['none', 'identity', 'all']);
  checkOneOf('exitStride', options.exitStride, [1, 2]);
  checkChoice('exitBlockEnd', options.exitBlockEnd, ['atrous', 'dense']);
  checkChoice('norm', options.norm, ['batch', 'folded']);
}

type BlockShape = Pick<XceptionBlockOptions, 'filters' | 'stride' | 'lastDensityOf'>;

const scaled = <const Channels extends readonly number[]>(
  channels: Channels,
  { depthMultiplier }: XceptionOptions,
): { readonly [I in keyof Channels]: number } =>
  channels.map((count) => scaleWidth(count, depthMultiplier, WIDTH_DIVISOR)) as never;

function flowsOf(options: XceptionOptions): readonly BlockShape[] {
  const { entry, middle } = FLOWS[options.layers];
  return [
    ...entry.map(([width, stride]): BlockShape => ({ filters: scaled([width, width, width], options), stride })),
    ...Array.from({ length: middle }, (): BlockShape => ({ filters: scaled(MIDDLE, options), stride: 1 })),
  ];
}

const exitBlock = (options: XceptionOptions, image: Node): BlockShape => ({
  filters: scaled(EXIT_BLOCK, options),
  stride: options.exitStride,
  // The image is as dense as ever, whatever the output stride.
  lastDensityOf: options.exitBlockEnd === 'dense' ? image : undefined,
});

function exitFlow(builder: GraphBuilder, x: Node, options: XceptionOptions): Node {
  const { exitDepthwiseRelu, norm, epsilon } = options;
  const depthwiseActivation = exitDepthwiseRelu ? 'relu' : 'linear';
  const shared = { depthwiseActivation, activation: 'relu', norm, epsilon } as const;
  return scaled(EXIT, options).reduce<Node>(
    (y, filters, i) => xceptionSeparable(builder, y, { name: `exit${i + 1}`, filters, ...shared }),
    x,
  );
}

/**
 * The aligned Xception of DeepLab v3+ without its classifier: every pooling is a strided separable convolution, so that all of it
 * can be read further apart.
 *
 * Features: `c1` … `c5` (64, 128, 256, 728 and 2048 channels with 41 and 65 layers), and `c2Inner` … `c4Inner`: what the
 * blocks that leave strides 4 … 16 have after their second convolution; Google's and bubbliiiing's decoders read the first.
 *
 * @see Chen et al. 2018, "Encoder-Decoder with Atrous Separable Convolution", §3.3 and Figure 4, arXiv:1802.02611
 */
export const xception = defineBackbone({
  name: 'xception',
  description: 'Aligned Xception of 41, 65 or 71 layers (DeepLab v3+)',
  defaults: {
    layers: 65,
    depthMultiplier: 1,
    rectifiedSkips: 'none',
    exitStride: 2,
    exitBlockEnd: 'atrous',
    exitDepthwiseRelu: true,
    norm: 'batch',
    epsilon: 1e-3,
  },
  build(builder, image, options: XceptionOptions) {
    checkOptions(options);
    const { rectifiedSkips, norm, epsilon } = options;
    const shared = { norm, epsilon };
    const stem = { kernel: 3, padding: 'symmetric', nominal: true, ...shared } as const;
    const [first, second] = scaled(STEM, options);
    const half = convBlock(builder, image, { name: 'stem1', filters: first, stride: 2, ...stem });
    let x = convBlock(builder, half, { name: 'stem2', filters: second, ...stem });
    const features: Record<string, Feature> = { c1: builder.feature(x) };
    const exit = exitBlock(options, image);
    for (const [i, block] of [...flowsOf(options), exit].entries()) {
      const scope = builder.scope(`block${i + 1}`);
      const { nominalStride } = builder.feature(x);
      const { inner, output } = xceptionBlock(scope, x, { ...block, rectifiedSkips, ...shared });
      if (block.stride === 2 && nominalStride > 2)
        features[`c${Math.log2(nominalStride)}Inner`] = builder.feature(inner);
      x = rectifiedSkips === 'all' ? rectify(scope, output, 'relu') : output;
      // Of several blocks at one stride, the last.
      if (block !== exit) features[`c${Math.log2(builder.feature(x).nominalStride)}`] = builder.feature(x);
    }
    return { ...features, c5: builder.feature(exitFlow(builder, x, options)) };
  },
});

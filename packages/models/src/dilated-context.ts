import { checkCount } from '@atrous/atrous-ops';
import { vgg16 } from '@atrous/backbones/vgg16';
import { createGraphBuilder, type Backbone, type Graph, type GraphBuilder, type Head, type Node } from '@atrous/core';
import { contextModule, largeFov } from '@atrous/heads';
import { checkOutputStride } from './check-output-stride.ts';
import { classify } from './classify.ts';
import { imageInput, type ImageInputOptions } from './image-input.ts';

/** Options of {@link dilatedFrontEnd}. The defaults are the paper's. */
export interface DilatedFrontEndOptions extends ImageInputOptions {
  /** Default: VGG-16 without its last two pools, nothing padded. */
  readonly backbone?: Backbone;
  /** The layers that once were fully connected. Default: fc6 of 7×7 at rate 4, 4096 channels, nothing padded. */
  readonly head?: Head;
  /** Background counts. Default 21, PASCAL VOC. */
  readonly numClasses?: number;
  /** Image pixels between neighbouring logits. Default 8, the paper's. */
  readonly outputStride?: number;
}

/** Options of {@link dilatedContext}. */
export interface DilatedContextOptions extends DilatedFrontEndOptions {
  /** Reads the front end's `scores`. Default `contextModule()`, the basic one. */
  readonly context?: Head;
  /** How many times larger the scores are made at the end, by a fixed bilinear deconvolution: 8 in Dilation10 (Cityscapes). Default 1, not at all. */
  readonly enlargement?: number;
}

function frontEnd(builder: GraphBuilder, image: Node, options: DilatedFrontEndOptions): Node {
  const {
    backbone = vgg16({ pools: 'firstThree', padding: 'valid' }),
    head = largeFov({ kernel: 7, atrousRate: 4, channels: 4096, averagePool: false, padding: 'valid' }),
    numClasses = 21,
    outputStride = 8,
  } = options;
  const features = backbone.build(builder.scope('backbone'), image);
  checkOutputStride(backbone, features, outputStride);
  return classify(builder, head.build(builder.scope('head'), features, image), numClasses);
}

/**
 * Yu and Koltun's front end: VGG-16 made dense without its last two pools.
 *
 * Nothing in it is padded: the image brings a border of 186 mirrored pixels on each side, and what is left is an eighth of the rest.
 * Preprocessing with `border: 186` makes the segmenter add it.
 *
 * @returns a graph from `image` `[n, h, w, inputChannels]` to `logits` `[n, ⌈(h − 372) / 8⌉, ⌈(w − 372) / 8⌉, numClasses]`.
 * @throws ShapeError when the backbone cannot have that output stride.
 * @see Yu and Koltun 2015, "Multi-Scale Context Aggregation by Dilated Convolutions", §4, arXiv:1511.07122
 */
export function dilatedFrontEnd(options: DilatedFrontEndOptions = {}): Graph {
  const builder = createGraphBuilder({ outputStride: options.outputStride ?? 8 });
  return builder.build({ logits: frontEnd(builder, imageInput(builder, options), options) });
}

/**
 * Yu and Koltun's network: the front end, and a context module upon its scores. Dilation7, Dilation8 and Dilation10 differ in its rates.
 *
 * @returns a graph from `image` to `logits`, of the sizes that {@link dilatedFrontEnd} has times `enlargement`, under whose names the front
 * end's weights are.
 * @throws ShapeError when the backbone cannot have that output stride.
 * @see Yu and Koltun 2015, "Multi-Scale Context Aggregation by Dilated Convolutions", §3 and appendix B, arXiv:1511.07122
 */
export function dilatedContext(options: DilatedContextOptions = {}): Graph {
  const { context = contextModule(), enlargement = 1, ...others } = options;
  checkCount('enlargement', enlargement);
  const builder = createGraphBuilder({ outputStride: options.outputStride ?? 8 });
  const image = imageInput(builder, options);
  const scores = builder.feature(frontEnd(builder, image, others));
  const refined = context.build(builder.scope('context'), { scores }, image);
  const logits =
    enlargement > 1
      ? builder.resizeBilinear(refined, { name: 'upsample', corners: 'deconvolution', scale: enlargement })
      : refined;
  return builder.build({ logits });
}

import { checkChoice, checkPositive, convBlock, scaleWidth, type NormOptions } from '@atrous/atrous-ops';
import { defineBackbone, type Feature, type GraphBuilder, type Node } from '@atrous/core';
import { invertedResidual } from './inverted-residual.ts';

/** Options of {@link mobilenetV2}. The defaults are Google's DeepLab. */
export interface MobilenetV2Options extends NormOptions {
  /** Width of the network, any positive number. */
  readonly depthMultiplier: number;
  /** Widths are multiples of this: 8, as on ImageNet; Google's DeepLab networks narrower or wider than 1 use 1. */
  readonly divisor: number;
  /**
   * `same`: TensorFlow. `symmetric`: PyTorch. `beforeExpansion`: the border is added to a block's input and passes its expansion,
   * so that it is not zero where the depthwise convolution meets it (jfzhang95, VainF).
   */
  readonly padding: 'same' | 'symmetric' | 'beforeExpansion';
  /** Whether the first convolution is padded; VainF's is not. */
  readonly padStem: boolean;
  /** Whether the first block has an expansion too, of factor 1 (MXNet's). */
  readonly expandFirst: boolean;
  /** What is read at a larger rate after a removed stride: every following layer, or those of the following stages only (jfzhang95). */
  readonly atrousFrom: 'nextLayer' | 'nextStage';
}

/** Table 2 of the paper: expansion, channels, blocks, stride of the first block. */
const STAGES = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

/** Hidden widths are multiples of 8 whatever the widths between blocks are. */
const HIDDEN_DIVISOR = 8;

function checkOptions({ depthMultiplier, divisor, padding, atrousFrom, norm, epsilon }: MobilenetV2Options): void {
  checkPositive('depthMultiplier', depthMultiplier);
  checkPositive('divisor', divisor);
  checkPositive('epsilon', epsilon);
  checkChoice('padding', padding, ['same', 'symmetric', 'beforeExpansion']);
  checkChoice('atrousFrom', atrousFrom, ['nextLayer', 'nextStage']);
  checkChoice('norm', norm, ['batch', 'folded']);
}

function stem(builder: GraphBuilder, image: Node, options: MobilenetV2Options): Node {
  const { depthMultiplier, divisor, padding, padStem, norm, epsilon } = options;
  const border = padding === 'same' ? 'same' : 'symmetric';
  return convBlock(builder, image, {
    name: 'stem',
    filters: scaleWidth(32, depthMultiplier, divisor),
    kernel: 3,
    stride: 2,
    nominal: true,
    padding: padStem ? border : 'valid',
    activation: 'relu6',
    norm,
    epsilon,
  });
}

/**
 * MobileNetV2 without its classifier: a convolution and 17 inverted residuals.
 *
 * Features: `c1` … `c5` (16, 24, 32, 96 and 320 channels at width 1), and `c2Expanded`, the 144 channels inside the block of `c2`
 * that Google's decoder reads.
 *
 * @see Sandler et al. 2018, "MobileNetV2: Inverted Residuals and Linear Bottlenecks", Table 2, arXiv:1801.04381
 */
export const mobilenetV2 = defineBackbone({
  name: 'mobilenet-v2',
  description: 'MobileNetV2: inverted residuals, any width',
  defaults: {
    depthMultiplier: 1,
    divisor: 8,
    padding: 'same',
    padStem: true,
    expandFirst: false,
    atrousFrom: 'nextLayer',
    norm: 'batch',
    epsilon: 1e-3,
  },
  build(builder, image, options: MobilenetV2Options) {
    checkOptions(options);
    const { depthMultiplier, divisor, padding, expandFirst, atrousFrom, norm, epsilon } = options;
    const outputs: Feature[] = [];
    const insides: Feature[] = [];
    let x = stem(builder, image, options);
    for (const [expansion, channels, blocks, firstStride] of STAGES) {
      const stageInput = x;
      for (let i = 0; i < blocks; i++) {
        const { expanded, output } = invertedResidual(builder.scope(`block${outputs.length + 1}`), x, {
          filters: scaleWidth(channels, depthMultiplier, divisor),
          hidden: expansion === 1 ? (x.shape[3] ?? 0) : scaleWidth(x.shape[3] ?? 0, expansion, HIDDEN_DIVISOR),
          alwaysExpand: expandFirst,
          stride: i === 0 ? firstStride : 1,
          padding,
          densityOf: atrousFrom === 'nextStage' ? stageInput : undefined,
          norm,
          epsilon,
        });
        insides.push(builder.feature(expanded));
        outputs.push(builder.feature(output));
        x = output;
      }
    }
    const after = (block: number): Feature => outputs[block - 1] as Feature;
    const c2Expanded = insides[2] as Feature;
    return { c1: after(1), c2: after(3), c2Expanded, c3: after(6), c4: after(13), c5: after(17) };
  },
});

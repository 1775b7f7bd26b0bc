import type { CornerRule } from '@atrous/core';
import {
  atLabelSize,
  crossEntropy,
  dice,
  focal,
  hardPixelCrossEntropy,
  jaccard,
  lovasz,
  type Loss,
  type LossTerm,
} from '@atrous/train';
import type { TrainConfig } from '../config/config-schema.ts';

type LossConfig = Extract<TrainConfig['loss'], { readonly kind: string }>;

function lossOfKind(config: LossConfig, ignoreLabel: number | undefined): Loss {
  switch (config.kind) {
    case 'cross-entropy':
      return crossEntropy({ ...config, ignoreLabel });
    case 'focal':
      return focal({ ...config, ignoreLabel });
    case 'hard-pixels':
      return hardPixelCrossEntropy({ ...config, ignoreLabel });
    case 'dice':
      return dice({ ignoreLabel });
    case 'jaccard':
      return jaccard({ ignoreLabel });
    case 'lovasz':
      return lovasz({ ignoreLabel });
    default:
      return config satisfies never;
  }
}

/** What the losses of a configuration need to know of network and labels. */
export interface LossSurroundings {
  /** Of the network. Those beside `logits` are auxiliary. */
  readonly outputs: readonly string[];
  readonly corners: CornerRule;
  readonly ignoreLabel: number | undefined;
}

/** The losses that a configuration asks for: on every output, at the size of the labels. */
export function lossOf(
  { loss, auxiliaryWeight }: TrainConfig,
  { outputs, corners, ignoreLabel }: LossSurroundings,
): readonly LossTerm[] {
  const parts = (Array.isArray(loss) ? loss : [loss]) as readonly LossConfig[];
  return outputs.flatMap((output) =>
    parts.map((part) => ({
      output,
      loss: atLabelSize(lossOfKind(part, ignoreLabel), corners),
      weight: part.weight * (output === 'logits' ? 1 : auxiliaryWeight),
    })),
  );
}

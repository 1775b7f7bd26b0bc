import type { LabelPair, Labels } from '../check-labels.ts';
import { maskOf } from './mask-of.ts';
import { nearestOther } from './nearest-other.ts';

/**
 * Gives void pixels the label of the nearest pixel that is not void, in truth and prediction alike: a border in the middle of the void
 * where the labels on its sides differ, and nothing where they do not. So what is predicted in the void makes no difference.
 *
 * @returns `undefined` when everything is void.
 */
export function fillVoid(pair: LabelPair, ignoreLabel: number | undefined): LabelPair | undefined {
  const { truth, predicted, width } = pair;
  const isVoid = maskOf(truth, ignoreLabel);
  if (!isVoid.includes(1)) return pair;
  if (!isVoid.includes(0)) return undefined;
  const nearest = nearestOther(isVoid, width);
  const fill = (labels: Labels): Labels => {
    const filled = new Int32Array(labels.length);
    for (let pixel = 0; pixel < filled.length; pixel++)
      filled[pixel] = labels[isVoid[pixel] === 1 ? nearest[pixel]! : pixel]!;
    return filled;
  };
  return { truth: fill(truth), predicted: fill(predicted), width };
}

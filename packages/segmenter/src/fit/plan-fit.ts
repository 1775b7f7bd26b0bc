import { ShapeError, type Fit, type Pair } from '@atrous/core';

/** Where an image goes in the network's input. */
export interface FitPlan {
  /** Height and width of the network's input. */
  readonly input: Pair;
  /** Height and width of the image in it, at its top left. */
  readonly image: Pair;
  /** Value of the rest, 0 … 255. */
  readonly fill: number;
}

/** Keeps the shape as nearly as whole pixels allow. Google's demo rounds down instead, which is the same or a pixel less. */
function shrinkToFit([height, width]: Pair, [maxHeight, maxWidth]: Pair): Pair {
  const ratio = Math.min(maxHeight / height, maxWidth / width, 1);
  const scaled = (side: number): number => Math.max(1, Math.round(side * ratio));
  return [scaled(height), scaled(width)];
}

function nearestMultiple(side: number, of: number, plus: number, most: number): number {
  const count = Math.max(1, Math.round((side - plus) / of));
  const allowed = Math.floor((most - plus) / of);
  if (allowed < 1)
    throw new ShapeError(`no multiple of ${of} plus ${plus} is within the longest side of ${most}`, {
      code: 'FIT',
      hint: `give a \`maxSide\` of at least ${of + plus}`,
    });
  return Math.min(count, allowed) * of + plus;
}

/**
 * Plans how an image of this height and width becomes the network's input.
 *
 * @throws ShapeError when the fit contradicts itself.
 */
export function planFit(fit: Fit, size: Pair): FitPlan {
  switch (fit.mode) {
    case 'pad':
      return { input: fit.size, image: shrinkToFit(size, fit.size), fill: fit.value };
    case 'stretch':
      return { input: fit.size, image: fit.size, fill: 0 };
    case 'multiple': {
      const most = fit.maxSide ?? Infinity;
      const [height, width] = shrinkToFit(size, [most, most]);
      const side = (length: number): number => nearestMultiple(length, fit.of, fit.plus, most);
      const input: Pair = [side(height), side(width)];
      return { input, image: input, fill: 0 };
    }
    default:
      return fit satisfies never;
  }
}

import { ShapeError, type Backbone, type Features } from '@atrous/core';

/**
 * Checks that a backbone's deepest feature stands at the output stride that was asked for.
 *
 * @throws ShapeError (`OUTPUT_STRIDE`) when its strides lead elsewhere.
 */
export function checkOutputStride({ name }: Backbone, features: Features, outputStride: number): void {
  const reached = Math.max(...Object.values(features).map(({ stride }) => stride));
  if (reached !== outputStride)
    throw new ShapeError(`the strides of "${name}" lead to output stride ${reached}, not ${outputStride}`, {
      code: 'OUTPUT_STRIDE',
      hint: 'choose 8, 16 or 32',
    });
}

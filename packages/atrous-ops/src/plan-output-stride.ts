import { ShapeError } from '@atrous/core';

/** What is left of a unit's nominal stride at an output stride. */
export interface PlannedUnit {
  readonly stride: number;
  readonly atrousRate: number;
}

/**
 * Strides and rates of a chain of units, so that the last one has an output stride: the arithmetic behind `nominal` layers.
 *
 * A unit that loses its stride keeps the rate it had; those after it read that many times further apart.
 *
 * @param strides of the units in the classification network.
 * @throws ShapeError when the strides do not multiply to `outputStride` on the way.
 * @see Chen et al. 2017, "Rethinking Atrous Convolution", §3.1, arXiv:1706.05587
 */
export function planOutputStride(strides: readonly number[], outputStride: number): readonly PlannedUnit[] {
  let reached = 1;
  let atrousRate = 1;
  const plan = strides.map((nominal): PlannedUnit => {
    const unit = { stride: reached * nominal > outputStride ? 1 : nominal, atrousRate };
    reached *= unit.stride;
    atrousRate *= nominal / unit.stride;
    return unit;
  });
  if (reached !== outputStride)
    throw new ShapeError(`strides ${strides.join(', ')} lead to output stride ${reached}, not ${outputStride}`, {
      code: 'OUTPUT_STRIDE',
    });
  return plan;
}

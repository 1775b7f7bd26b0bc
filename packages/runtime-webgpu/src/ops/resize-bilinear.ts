import type { ResizeAttrs } from '@atrous/core';
import { groupsOf } from '../plan/groups.ts';
import type { PlanBuilder } from '../plan/plan-builder.ts';
import { resizeTable } from '../plan/resize-table.ts';
import type { MapShape, MapValue } from '../plan/value.ts';
import { RESIZE } from '../shaders/resize.ts';
import type { Lowering } from './lowering.ts';

/** Tables for every row and every column of a resized map. */
export function resizeTables(plan: PlanBuilder, resize: ResizeAttrs, x: MapValue, to: MapShape) {
  const table = (axis: 0 | 1) => plan.constant(resizeTable(resize, axis, x.shape[axis + 1]!, to[axis + 1]!));
  return { rows: table(0), columns: table(1) };
}

/** Every output pixel is the mean of its four neighbours in the input, weighted by nearness. */
export const resizeBilinear: Lowering<'resizeBilinear'> = ({ plan, attrs, x, shape, result }) => {
  const y = result();
  plan.dispatch(RESIZE, groupsOf(y), { y, x, ...resizeTables(plan, attrs, x, shape) }, {});
  return y;
};

import { GROUP } from '../shaders/each-block.ts';
import type { Groups } from './plan-builder.ts';
import { blocksOf, pixelsOf, type MapValue } from './value.ts';

/** What every device allows along one dimension. */
const MOST_IN_A_ROW = 65535;

/** So many groups, in two dimensions if need be. There may be a few more, whose threads find nothing to do. */
export function inTwoDimensions(groups: number): readonly [number, number] {
  const rows = Math.ceil(groups / MOST_IN_A_ROW);
  return [Math.ceil(groups / Math.max(1, rows)), rows];
}

/** Groups for so many threads. */
export const groupsFor = (threads: number): Groups => [...inTwoDimensions(Math.ceil(threads / GROUP)), 1];

/** Groups for a thread for each block of a map. */
export const groupsOf = (y: MapValue): Groups => groupsFor(pixelsOf(y) * blocksOf(y.shape[3]));

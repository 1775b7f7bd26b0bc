import type { KernelStep, RowWise } from '../plan-builder.ts';
import { rowBytesOf } from '../value.ts';
import { ITSELF, throughWindow, type Reach } from './reach.ts';

/** A step that goes from row to row. */
export interface RowStep extends KernelStep {
  readonly rows: RowWise;
}

/** Steps of which each but the first reads, from row to row, what the one before computes. */
export type Chain = readonly RowStep[];

/** How chains are run. */
export interface BandOptions {
  /** Into how many strips of rows images are cut. Each is run band by band, by one thread. */
  readonly strips: number;
  /** What the maps of a band may take. */
  readonly bytes: number;
}

/** Which rows of the map of each step some row of the last one's is made of. */
export function reachesOf(chain: Chain): readonly Reach[] {
  const reaches = [ITSELF];
  for (const { rows } of chain.slice(1).toReversed()) reaches.unshift(throughWindow(reaches[0]!, rows.window!));
  return reaches;
}

/** How many rows of the last map make a band: as many as fit, and so many that each map loses as many to the next band's as it keeps. */
export function bandHeight(chain: Chain, bytes: number): number {
  const reaches = reachesOf(chain);
  const least = reaches.map(({ stride, extent, before }) => Math.ceil((extent + before) / stride) - 1);
  const between = chain.slice(0, -1).map(({ rows }, i) => ({ ...reaches[i]!, rowBytes: rowBytesOf(rows.y) }));
  const kept = between.reduce((sum, { rowBytes, extent, stride }) => sum + rowBytes * (extent - stride), 0);
  const perRow = between.reduce((sum, { rowBytes, stride }) => sum + rowBytes * stride, 0);
  return Math.max(1, ...least, Math.floor((bytes - kept) / perRow));
}

/** How many rows of each map but the last, which nothing in the chain reads, bands of `height` take at most. */
export const bandRows = (chain: Chain, height: number): readonly number[] =>
  reachesOf(chain)
    .slice(0, -1)
    .map(({ stride, extent }) => (height - 1) * stride + extent);

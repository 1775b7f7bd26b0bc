import type { Texel } from './shape.ts';

/** What the ground is at a place, and how high: an analytic surface, so that kerbs and markings stay sharp at any distance. */
export interface Ground {
  /** Height of pavements above the road, in metres. */
  readonly step: number;
  /** Whether a place belongs to the raised part. */
  isRaised(x: number, z: number): boolean;
  /** Class of a place and, written to `out`, its look. */
  paint(x: number, z: number, footprint: number, out: Texel): number;
  /** Class and look of the side of a kerb. */
  paintKerb(out: Texel): number;
}

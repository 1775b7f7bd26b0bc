import type { Random } from '@atrous/core';
import { frameAt, type Frame } from '../geometry/frame.ts';
import { normalize, type Vec3 } from '../geometry/vec3.ts';

/** The plan of a street: a bent strip of road between pavements, perhaps with a side street. Lengths in metres. */
export interface StreetPlan {
  /** Half the width of the road. */
  readonly halfRoad: number;
  readonly lanes: number;
  /** Width of the pavements, left and right. */
  readonly pavements: readonly [number, number];
  /** Width of what lies between pavement and buildings, left and right: grass or paving. */
  readonly yards: readonly [number, number];
  readonly areYardsGreen: readonly [boolean, boolean];
  /** How fast it bends: the middle lies `bend · s²` to the right. */
  readonly bend: number;
  /** Where a side street crosses, and half its width; undefined without one. */
  readonly crossing?: { readonly at: number; readonly half: number } | undefined;
  /** Where a zebra crossing lies; undefined without one. */
  readonly zebra?: number | undefined;
  /** Where one drives: 1 on the right, −1 on the left. */
  readonly driveSide: 1 | -1;
  /** How far the street goes on. */
  readonly length: number;
}

/** A place of a street, `lateral` metres right of its middle. */
export function placeOn({ bend }: StreetPlan, along: number, lateral: number, height = 0): Frame {
  const forward = normalize([2 * bend * along, 0, 1]);
  const origin: Vec3 = [bend * along * along + lateral * forward[2], height, along - lateral * forward[0]];
  return { ...frameAt(origin), forward, right: [forward[2], 0, -forward[0]] };
}

/** How far right of a street's middle a point is; along the street it is at `z`. */
export function lateralOf({ bend }: StreetPlan, x: number, z: number): number {
  const slope = 2 * bend * z;
  return (x - bend * z * z) / Math.sqrt(1 + slope * slope);
}

/** Lateral extent of what is built on: from the buildings' line outwards. */
export const buildingLine = ({ halfRoad, pavements, yards }: StreetPlan, side: number): number =>
  halfRoad + pavements[side < 0 ? 0 : 1] + yards[side < 0 ? 0 : 1];

/** Draws up a street. */
export function planStreet(random: Random): StreetPlan {
  const lanes = random.pick([2, 2, 2, 3, 4]);
  const side = (): number => (random.chance(0.55) ? 0 : random.uniform(2, 6));
  const hasCrossing = random.chance(0.4);
  const crossing = hasCrossing ? { at: random.uniform(18, 42), half: random.uniform(3.5, 6) } : undefined;
  return {
    lanes,
    halfRoad: (lanes * random.uniform(2.9, 3.4)) / 2 + random.uniform(0.2, 1.4),
    pavements: [random.uniform(2.2, 4.5), random.uniform(2.2, 4.5)],
    yards: [side(), side()],
    areYardsGreen: [random.chance(0.7), random.chance(0.7)],
    bend: random.chance(0.5) ? 0 : random.uniform(-0.0028, 0.0028),
    crossing,
    zebra:
      crossing && random.chance(0.5)
        ? crossing.at - crossing.half - 3.5
        : random.chance(0.25)
          ? random.uniform(8, 18)
          : undefined,
    driveSide: random.chance(0.5) ? 1 : -1,
    length: random.uniform(85, 130),
  };
}

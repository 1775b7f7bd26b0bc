import type { Random } from '@atrous/core';
import * as classes from '../classes.ts';
import type { Ground } from '../render/ground.ts';
import { band, lay, put, tint } from '../texture/materials.ts';
import { choosePaving, paintGrass, paintPaving } from './paving.ts';
import { kerbHeight } from './population.ts';
import { chooseRoad, paintRoad } from './road-surface.ts';
import { lateralOf, type StreetPlan } from './street-plan.ts';

const cornerRadius = 4;
const kerbstone = tint(168, 164, 156);

/** How far inside the road a place is: positive on it, negative beyond the kerb. */
function roadDistance({ halfRoad, crossing }: StreetPlan, along: number, lateral: number): number {
  const main = halfRoad - Math.abs(lateral);
  if (crossing === undefined) return main;
  const side = crossing.half - Math.abs(along - crossing.at);
  if (main >= 0 || side >= 0) return Math.max(main, side);
  if (main < -cornerRadius || side < -cornerRadius) return Math.max(main, side);
  const a = cornerRadius + main;
  const b = cornerRadius + side;
  return Math.sqrt(a * a + b * b) - cornerRadius;
}

/** The ground of a street. */
export function createGround(plan: StreetPlan, wetness: number, random: Random): Ground {
  const roadLook = chooseRoad(random, wetness);
  const paving = choosePaving(random);
  const { pavements, areYardsGreen, halfRoad } = plan;
  return {
    step: kerbHeight,
    isRaised: (x, z) => roadDistance(plan, z, lateralOf(plan, x, z)) < 0,
    paint(x, z, size, out) {
      const lateral = lateralOf(plan, x, z);
      const inside = roadDistance(plan, z, lateral);
      if (inside >= 0) {
        paintRoad(plan, roadLook, { along: z, lateral, inside, size }, out);
        return classes.road;
      }
      const side = lateral < 0 ? 0 : 1;
      if (areYardsGreen[side] && Math.abs(lateral) > halfRoad + pavements[side] && -inside > pavements[side]) {
        paintGrass(paving, z, lateral, size, out);
        return classes.tree;
      }
      paintPaving(paving, z, lateral, size, out);
      lay(out, kerbstone, band(-inside, -0.1, 0.18, size));
      return classes.pavement;
    },
    paintKerb(out) {
      put(out, kerbstone, 0.7);
      return classes.pavement;
    },
  };
}

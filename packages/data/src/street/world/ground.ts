import type { Random } from '@atrous/core';
import * as classes from '../classes.ts';
import type { Ground } from '../render/ground.ts';
import type { Texel } from '../render/shape.ts';
import { band, lay, put, tint, type Tint } from '../texture/materials.ts';
import { clouds, hash, noise } from '../texture/noise.ts';
import { locate, type StreetPlan } from './street-plan.ts';

const cornerRadius = 4;
const white = tint(225, 225, 220);
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

interface Looks {
  readonly asphalt: Tint;
  readonly paving: Tint;
  readonly grass: Tint;
  readonly slab: number;
  readonly wear: number;
  readonly wetness: number;
  readonly seed: number;
}

function paintAsphalt(plan: StreetPlan, looks: Looks, along: number, lateral: number, size: number, out: Texel): void {
  const { seed, wetness } = looks;
  const grain = size < 0.15 ? 0.18 * (hash(Math.floor(lateral * 40), Math.floor(along * 40), seed) - 0.5) : 0;
  const stains = clouds(lateral * 0.6, along * 0.25, seed + 3) - 0.5;
  const patch = hash(Math.floor(lateral / 2.3), Math.floor(along / 5.1), seed + 4) > 0.9 ? -0.18 : 0;
  put(out, looks.asphalt, 1 + grain + 0.3 * stains + patch - 0.35 * wetness);
  if (wetness > 0) out.gloss = wetness * (0.1 + 0.5 * Math.max(0, clouds(lateral * 0.5, along * 0.3, seed + 7) - 0.35));
  const paint = markings(plan, along, lateral, size) * (1 - looks.wear * noise(lateral * 6, along * 6, seed + 5));
  if (paint > 0) lay(out, white, paint * 0.92);
}

/** How much of a place is covered by white paint. */
function markings(plan: StreetPlan, along: number, lateral: number, size: number): number {
  const { halfRoad, lanes, crossing, zebra } = plan;
  if (Math.abs(lateral) > halfRoad) return 0;
  if (crossing && Math.abs(along - crossing.at) < crossing.half + 1) return 0;
  if (zebra !== undefined && Math.abs(along - zebra) < 2.2) {
    const stripe = lateral - Math.floor(lateral / 1.1) * 1.1;
    return band(along, zebra - 1.6, zebra + 1.6, size * 3) * band(stripe, 0, 0.55, size);
  }
  let paint = band(Math.abs(lateral), halfRoad - 0.42, halfRoad - 0.3, size);
  const dash = along - Math.floor(along / 6) * 6;
  const isDash = band(dash, 0, 3, size * 3);
  const lane = (2 * halfRoad) / lanes;
  for (let i = 1; i < lanes; i++) {
    const at = -halfRoad + i * lane;
    const isMiddle = i * 2 === lanes;
    paint += band(lateral, at - 0.07, at + 0.07, size) * (isMiddle && lanes > 2 ? 1 : isDash);
  }
  return Math.min(1, paint);
}

function paintPavement(looks: Looks, along: number, lateral: number, size: number, out: Texel): void {
  const { slab, seed } = looks;
  const column = Math.floor(lateral / slab);
  const row = Math.floor(along / slab);
  const shade =
    0.16 * (hash(column, row, seed + 11) - 0.5) + 0.25 * (clouds(lateral * 0.8, along * 0.8, seed + 12) - 0.5);
  put(out, looks.paving, 1 + shade);
  const u = lateral - column * slab;
  const v = along - row * slab;
  const joint = Math.max(band(u, 0, 0.025, size), band(v, 0, 0.025, size));
  lay(out, [0.05, 0.05, 0.05], joint * 0.6);
}

function paintGrass(looks: Looks, along: number, lateral: number, size: number, out: Texel): void {
  const blades = size < 0.1 ? 0.6 * (hash(Math.floor(lateral * 25), Math.floor(along * 25), looks.seed) - 0.5) : 0;
  put(out, looks.grass, 0.9 + blades + 0.7 * (clouds(lateral, along, looks.seed + 21) - 0.5));
}

/** The ground of a street. */
export function createGround(plan: StreetPlan, wetness: number, random: Random): Ground {
  const grey = random.uniform(62, 105);
  const stone = random.uniform(125, 175);
  const looks: Looks = {
    asphalt: tint(grey, grey, grey * random.uniform(0.97, 1.05)),
    paving: tint(stone * random.uniform(1, 1.12), stone, stone * random.uniform(0.86, 0.98)),
    grass: tint(random.uniform(85, 115), random.uniform(110, 135), random.uniform(50, 65)),
    slab: random.uniform(0.4, 0.9),
    wear: random.uniform(0.2, 0.8),
    wetness,
    seed: random.integer(1 << 30),
  };
  const { pavements, areYardsGreen, halfRoad } = plan;
  return {
    step: 0.13,
    isRaised: (x, z) => roadDistance(plan, ...locate(plan, x, z)) < 0,
    paint(x, z, size, out) {
      const [along, lateral] = locate(plan, x, z);
      const inside = roadDistance(plan, along, lateral);
      if (inside >= 0) {
        paintAsphalt(plan, looks, along, lateral, size, out);
        const gutter = band(inside, 0, 0.25, size);
        if (gutter > 0) lay(out, [0.05, 0.05, 0.05], gutter * 0.5);
        return classes.road;
      }
      const side = lateral < 0 ? 0 : 1;
      if (areYardsGreen[side] && Math.abs(lateral) > halfRoad + pavements[side] && -inside > pavements[side]) {
        paintGrass(looks, along, lateral, size, out);
        return classes.tree;
      }
      paintPavement(looks, along, lateral, size, out);
      lay(out, kerbstone, band(-inside, -0.1, 0.18, size));
      return classes.pavement;
    },
    paintKerb(_x, _z, _size, out) {
      put(out, kerbstone, 0.75);
      return classes.pavement;
    },
  };
}

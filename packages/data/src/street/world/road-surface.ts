import type { Random } from '@atrous/core';
import type { Texel } from '../render/shape.ts';
import { band, lay, put, tint, type Tint } from '../texture/materials.ts';
import { clouds, hash, noise } from '../texture/noise.ts';
import type { StreetPlan } from './street-plan.ts';

/** How a road is made up. */
export interface RoadLook {
  readonly asphalt: Tint;
  /** What its edges are marked with. */
  readonly edge: 'none' | 'white' | 'yellow';
  /** How much of the paint is worn off, 0 … 1. */
  readonly wear: number;
  readonly wetness: number;
  readonly seed: number;
}

const white = tint(225, 225, 220);
const yellow = tint(214, 176, 60);
const iron = tint(46, 44, 42);

/** Chooses how a road is made up. */
export function chooseRoad(random: Random, wetness: number): RoadLook {
  const grey = random.uniform(58, 100);
  return {
    asphalt: tint(grey * random.uniform(0.98, 1.06), grey, grey * random.uniform(0.95, 1.05)),
    edge: random.pick(['none', 'white', 'white', 'yellow']),
    wear: random.uniform(0.2, 0.8),
    wetness,
    seed: random.integer(1 << 30),
  };
}

/** How much of a place is covered by the white paint of lanes and crossings. */
function whitePaint(plan: StreetPlan, along: number, lateral: number, size: number): number {
  const { halfRoad, lanes, crossing, zebra } = plan;
  if (Math.abs(lateral) > halfRoad) return 0;
  if (crossing && Math.abs(along - crossing.at) < crossing.half + 1) return 0;
  if (zebra !== undefined && Math.abs(along - zebra) < 2.2) {
    const stripe = lateral - Math.floor(lateral / 1.1) * 1.1;
    return band(along, zebra - 1.6, zebra + 1.6, size * 3) * band(stripe, 0, 0.55, size);
  }
  let paint = crossing ? band(Math.abs(along - crossing.at), crossing.half + 1.3, crossing.half + 1.7, size * 3) : 0;
  const dash = band(along - Math.floor(along / 6) * 6, 0, 3, size * 3);
  const lane = (2 * halfRoad) / lanes;
  for (let i = 1; i < lanes; i++) {
    const at = -halfRoad + i * lane;
    paint += band(lateral, at - 0.07, at + 0.07, size) * (i * 2 === lanes && lanes > 2 ? 1 : dash);
  }
  return Math.min(1, paint);
}

/** How much of a place is covered by the paint along the kerbs. */
function edgePaint({ edge }: RoadLook, inside: number, size: number): number {
  if (edge === 'white') return band(inside, 0.3, 0.43, size);
  return edge === 'none' ? 0 : Math.max(band(inside, 0.25, 0.35, size), band(inside, 0.5, 0.6, size));
}

/** The lid of a manhole every now and then. */
function lid(seed: number, along: number, lateral: number): boolean {
  const [row, column] = [Math.floor(along / 9), Math.floor(lateral / 3)];
  if (hash(column, row, seed + 6) > 0.22) return false;
  const a = along - row * 9 - 2 - 5 * hash(column, row, seed + 7);
  const b = lateral - column * 3 - 1 - hash(column, row, seed + 8);
  return a * a + b * b < 0.1;
}

/** Writes the look of a road `inside` metres from its kerb. */
export function paintRoad(
  plan: StreetPlan,
  look: RoadLook,
  { along, lateral, inside, size }: Readonly<Record<'along' | 'lateral' | 'inside' | 'size', number>>,
  out: Texel,
): void {
  const { seed, wetness, wear } = look;
  const grain = size < 0.15 ? 0.2 * (hash(Math.floor(lateral * 40), Math.floor(along * 40), seed) - 0.5) : 0;
  const stains =
    0.65 * noise(lateral * 0.6, along * 0.25, seed + 3) + 0.35 * noise(lateral * 1.7, along, seed + 4) - 0.5;
  const patch = hash(Math.floor(lateral / 2.3), Math.floor(along / 5.1), seed + 4) > 0.92 ? -0.16 : 0;
  const lane = (2 * plan.halfRoad) / plan.lanes;
  const across = Math.abs((lateral + plan.halfRoad) / lane - Math.floor((lateral + plan.halfRoad) / lane) - 0.5);
  const tracks = 0.1 * band(across, 0.16, 0.32, 0.1) - 0.06 * band(across, -1, 0.08, 0.1);
  put(out, look.asphalt, 1 + grain + 0.34 * stains + patch + tracks - 0.35 * wetness);
  if (size < 0.2 && lid(seed, along, lateral)) lay(out, iron, 0.75);
  if (wetness > 0) out.gloss = wetness * (0.12 + 0.8 * Math.max(0, clouds(lateral * 0.5, along * 0.3, seed + 7) - 0.4));
  const edge = edgePaint(look, inside, size);
  const line = whitePaint(plan, along, lateral, size);
  if (edge + line > 0) {
    const rest = 1 - wear * noise(lateral * 6, along * 6, seed + 5);
    lay(out, look.edge === 'yellow' ? yellow : white, edge * rest * 0.9);
    lay(out, white, line * rest * 0.92);
  }
  lay(out, iron, 0.4 * band(inside, 0, 0.22, size));
}

import type { Random } from '@atrous/core';
import type { Texel } from '../render/shape.ts';
import { band, lay, put, tint, type Tint } from '../texture/materials.ts';
import { clouds, hash } from '../texture/noise.ts';

/** How pavements and greens look; lengths in metres. */
export interface PavingLook {
  readonly stone: Tint;
  readonly slab: readonly [along: number, lateral: number];
  /** Of the joints between slabs, 0 … 1; 0 is one surface. */
  readonly joints: number;
  readonly grass: Tint;
  readonly seed: number;
}

const soil = tint(52, 48, 44);

/** Chooses slabs, small bricks or tar. */
export function choosePaving(random: Random): PavingLook {
  const kind = random.pick(['slabs', 'slabs', 'bricks', 'tar'] as const);
  const grey = kind === 'tar' ? random.uniform(98, 120) : random.uniform(128, 172);
  const warmth = kind === 'bricks' ? random.uniform(1.1, 1.3) : random.uniform(1, 1.1);
  const edge = random.uniform(0.4, 0.9);
  return {
    stone: tint(grey * warmth, grey, grey * random.uniform(0.86, 0.98)),
    slab: kind === 'bricks' ? [0.12, 0.24] : [edge, edge * random.pick([1, 1.5])],
    joints: kind === 'tar' ? 0 : 0.6,
    grass: tint(random.uniform(76, 106), random.uniform(104, 128), random.uniform(44, 60)),
    seed: random.integer(1 << 30),
  };
}

/** Writes the look of a pavement. */
export function paintPaving(
  { stone, slab, joints, seed }: PavingLook,
  along: number,
  lateral: number,
  size: number,
  out: Texel,
): void {
  const row = Math.floor(along / slab[0]);
  const column = Math.floor(lateral / slab[1]);
  const isSmall = size > slab[0];
  const odd = joints > 0 && !isSmall ? 0.2 * (hash(column, row, seed + 11) - 0.5) : 0;
  put(out, stone, 1 + odd + 0.3 * (clouds(lateral * 0.8, along * 0.8, seed + 12) - 0.5));
  if (joints === 0 || isSmall) return;
  const joint = Math.max(band(along - row * slab[0], 0, 0.022, size), band(lateral - column * slab[1], 0, 0.022, size));
  lay(out, soil, joint * joints);
}

/** Writes the look of grass. */
export function paintGrass(
  { grass, seed }: PavingLook,
  along: number,
  lateral: number,
  size: number,
  out: Texel,
): void {
  const blades = size < 0.1 ? 0.6 * (hash(Math.floor(lateral * 25), Math.floor(along * 25), seed) - 0.5) : 0;
  put(out, grass, 0.9 + blades + 0.7 * (clouds(lateral, along, seed + 21) - 0.5));
}

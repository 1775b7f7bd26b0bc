import type { Random } from '@atrous/core';
import * as classes from '../classes.ts';
import type { Material } from '../render/shape.ts';
import type { Brush } from '../render/stage.ts';
import { band, lay, put, tint, type Tint } from '../texture/materials.ts';
import { hash } from '../texture/noise.ts';

/** What a fence is like; height in metres. */
export interface FenceKind {
  readonly pattern: 'railing' | 'boards' | 'mesh';
  readonly height: number;
  readonly color: Tint;
}

const woods = [tint(130, 96, 66), tint(96, 84, 70), tint(150, 130, 104)];
const metals = [tint(120, 124, 126), tint(34, 36, 38), tint(40, 70, 56), tint(190, 190, 188)];
const gap = tint(20, 20, 22);

/** A fence as it stands there: railings at the kerb, any before a house. */
export function chooseFence(random: Random, isAtKerb: boolean): FenceKind {
  const pattern = isAtKerb ? 'railing' : random.pick(['railing', 'boards', 'boards', 'mesh'] as const);
  return {
    pattern,
    height: pattern === 'railing' ? random.uniform(1, 1.3) : random.uniform(1.3, 1.9),
    color: random.pick(pattern === 'boards' ? woods : metals),
  };
}

/** Boards side by side, `u` metres along and `v` metres up. */
const boards =
  ({ height, color }: FenceKind): Material =>
  (u, v, size, out) => {
    const board = Math.floor(u / 0.16);
    put(out, color, 0.85 + 0.3 * hash(board, 0, 7));
    lay(out, gap, 0.6 * band(u - board * 0.16, 0, 0.018, size));
    const low = band(v, height * 0.3, height * 0.36, size);
    lay(out, gap, 0.25 * Math.max(low, band(v, height * 0.75, height * 0.81, size)));
  };

/** Bars or wire between posts and rails; what lies between is seen through. */
const bars =
  ({ pattern, height, color }: FenceKind): Material =>
  (u, v, size, out) => {
    put(out, color);
    const isRailing = pattern === 'railing';
    const spacing = isRailing ? 0.13 : 0.09;
    const bar = band(u - Math.floor(u / spacing) * spacing, 0, isRailing ? 0.055 : 0.032, size);
    const row = isRailing ? 0 : band(v - Math.floor(v / spacing) * spacing, 0, 0.032, size);
    const rails = Math.max(band(v, height - 0.09, height, size), band(v, 0.08, 0.16, size));
    const posts = band(u - Math.floor(u / 2) * 2, 0, 0.1, size);
    out.cover = Math.max(bar, row, rails, posts);
  };

/** Adds a fence along a brush's view from `−length / 2` to `length / 2`. */
export function addFence(brush: Brush, length: number, kind: FenceKind): void {
  const { height, pattern } = kind;
  const z = length / 2;
  const isSolid = pattern === 'boards';
  const paint = { label: classes.fence, material: isSolid ? boards(kind) : bars(kind), veil: !isSolid };
  brush.face(
    [
      [0, 0, z],
      [0, 0, -z],
      [0, height, -z],
      [0, height, z],
    ],
    paint,
  );
  if (isSolid)
    brush.face(
      [
        [0.05, 0, -z],
        [0.05, 0, z],
        [0.05, height, z],
        [0.05, height, -z],
      ],
      paint,
    );
}

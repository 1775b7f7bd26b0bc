import type { Random } from '@atrous/core';
import * as classes from '../classes.ts';
import { toWorld } from '../geometry/frame.ts';
import type { Lamp } from '../render/light.ts';
import type { Paint } from '../render/shape.ts';
import type { Brush } from '../render/stage.ts';
import { plain, put, stained, tint } from '../texture/materials.ts';

/** Paint of a post. */
export const choosePostPaint = (random: Random): Paint => ({
  label: classes.pole,
  material: plain(random.pick([tint(112, 116, 118), tint(60, 64, 66), tint(150, 152, 150), tint(44, 56, 50)])),
});

/** Adds a street lamp that reaches over the road; `side` is where the road is not. */
export function addLampPost(
  brush: Brush,
  { side, random, lamps }: { readonly side: number; readonly random: Random; readonly lamps: Lamp[] },
): void {
  const paint = choosePostPaint(random);
  const height = random.uniform(5, 8.5);
  const reach = -side * random.uniform(0.8, 1.8);
  brush.bar([0, 0, 0], [0, 1.2, 0], { radius: 0.16 }, paint);
  brush.bar([0, 1, 0], [0, height, 0], { radius: 0.13, toRadius: 0.105 }, paint);
  brush.bar([0, height, 0], [reach, height + 0.35, 0], { radius: 0.09 }, paint);
  brush.bar(
    [reach, height + 0.33, 0],
    [reach * 1.4, height + 0.36, 0],
    { radius: 0.12 },
    {
      label: classes.pole,
      material: (_u, _v, _size, out) => {
        put(out, tint(210, 208, 200));
        out.glow = 3;
      },
    },
  );
  lamps.push({ at: toWorld(brush.frame, [reach * 1.3, height, 0]), color: [36, 28, 17] });
}

/** Adds a bollard. */
export function addBollard(brush: Brush, random: Random): void {
  const paint: Paint = { label: classes.pole, material: plain(random.pick([tint(30, 32, 34), tint(120, 120, 118)])) };
  brush.bar([0, 0, 0], [0, 0.95, 0], { radius: 0.12, toRadius: 0.1 }, paint);
  brush.ball([0, 1, 0], { radius: 0.12 }, paint);
}

/** Adds a litter bin, which belongs to no class. */
export function addBin(brush: Brush, random: Random): void {
  const color = random.pick([tint(30, 50, 40), tint(50, 50, 54), tint(60, 90, 60)]);
  const paint: Paint = { label: classes.ignored, material: stained(color, 0.3, 0.2, 5) };
  brush.box([-0.28, 0, -0.28], [0.28, 1, 0.28], { front: paint, back: paint, sides: paint, top: paint });
}

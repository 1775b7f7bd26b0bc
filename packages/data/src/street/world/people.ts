import type { Random } from '@atrous/core';
import * as classes from '../classes.ts';
import { turn } from '../geometry/turn.ts';
import type { Vec3 } from '../geometry/vec3.ts';
import type { Paint } from '../render/shape.ts';
import type { Brush } from '../render/stage.ts';
import { plain, stained, tint, type Tint } from '../texture/materials.ts';

/** Colours of jackets and bicycles. */
export const clothes: readonly Tint[] = [
  tint(40, 42, 52),
  tint(190, 40, 44),
  tint(40, 66, 130),
  tint(220, 214, 200),
  tint(60, 110, 74),
  tint(236, 232, 226),
  tint(70, 150, 190),
  tint(210, 160, 50),
  tint(110, 70, 110),
  tint(90, 90, 96),
  tint(200, 100, 50),
];
const trousers: readonly Tint[] = [
  tint(36, 40, 54),
  tint(26, 26, 28),
  tint(60, 72, 100),
  tint(120, 104, 80),
  tint(76, 76, 80),
];
const skins: readonly Tint[] = [tint(228, 182, 150), tint(196, 144, 110), tint(140, 92, 66), tint(88, 58, 44)];
const hairs: readonly Tint[] = [tint(30, 24, 22), tint(84, 56, 36), tint(170, 136, 84), tint(150, 150, 150)];

/** What someone is made of. */
export interface Dress {
  readonly top: Paint;
  readonly legs: Paint;
  readonly skin: Paint;
  readonly hair: Paint;
  readonly shoes: Paint;
}

/** Chooses clothes, skin and hair of someone of a class. */
export function dress(random: Random, label: number): Dress {
  const paint = (choices: readonly Tint[]): Paint => ({ label, material: plain(random.pick(choices)) });
  const top = random.pick(clothes);
  return {
    top: { label, material: stained(top, 0.25, 0.12, random.integer(1 << 20)) },
    legs: paint(trousers),
    skin: paint(skins),
    hair: paint(hairs),
    shoes: { label, material: plain(tint(24, 22, 22)) },
  };
}

/** How someone is built and moves. */
interface Walker extends Dress {
  /** Height as a share of 1.75 m. */
  readonly tall: number;
  /** Thickness as a share of the usual. */
  readonly wide: number;
  /** How far the legs swing, in degrees. */
  readonly stride: number;
  readonly hasSkirt: boolean;
}

/** A bone below the one before it, swung forward by an angle. */
interface Bone {
  readonly length: number;
  readonly degrees: number;
  readonly radius: number;
  readonly paint: Paint;
}

/** Adds a limb from a joint downwards and answers where it ends. */
function addLimb(brush: Brush, joint: Vec3, bones: readonly Bone[]): Vec3 {
  let at = joint;
  for (const { length, degrees, radius, paint } of bones) {
    const { sin, cos } = turn(degrees);
    const end: Vec3 = [at[0], at[1] - length * cos, at[2] + length * sin];
    brush.bar(at, end, { radius, toRadius: radius * 0.8 }, paint);
    at = end;
  }
  return at;
}

function addLeg(brush: Brush, { tall, wide, stride, hasSkirt, legs, skin, shoes }: Walker, side: number): void {
  const m = (x: number): number => x * tall;
  const swing = stride * side;
  const bend = swing < 0 ? stride * 0.8 : 2;
  const foot = addLimb(
    brush,
    [m(0.09 * side), m(0.88), 0],
    [
      { length: m(0.42), degrees: swing, radius: m(0.085 * wide), paint: legs },
      { length: m(0.42), degrees: swing - bend, radius: m(0.06 * wide), paint: hasSkirt ? skin : legs },
    ],
  );
  brush.bar([foot[0], m(0.045), foot[2]], [foot[0], m(0.04), foot[2] + m(0.15)], { radius: m(0.05) }, shoes);
}

function addArm(brush: Brush, { tall, wide, stride, top, skin }: Walker, side: number): void {
  const m = (x: number): number => x * tall;
  const swing = stride * side;
  const hand = addLimb(
    brush,
    [m(0.22 * side * wide), m(1.42), 0],
    [
      { length: m(0.28), degrees: -swing * 0.8, radius: m(0.055 * wide), paint: top },
      { length: m(0.26), degrees: -swing * 0.8 + 18, radius: m(0.045), paint: top },
    ],
  );
  brush.ball(hand, { radius: m(0.045) }, skin);
}

/** Adds someone who walks or stands; the brush is between the feet and looks ahead. */
export function addPedestrian(brush: Brush, random: Random): void {
  const tall = random.chance(0.12) ? random.uniform(0.66, 0.8) : random.uniform(0.93, 1.08);
  const walker: Walker = {
    tall,
    ...dress(random, classes.pedestrian),
    stride: random.chance(0.7) ? random.uniform(12, 28) : random.uniform(0, 5),
    wide: random.uniform(0.95, 1.2),
    hasSkirt: random.chance(0.25),
  };
  const { wide, top } = walker;
  const m = (x: number): number => x * tall;
  for (const side of [-1, 1]) {
    addLeg(brush, walker, side);
    addArm(brush, walker, side);
  }
  if (walker.hasSkirt) brush.bar([0, m(0.98), 0], [0, m(0.6), 0], { radius: m(0.14), toRadius: m(0.2) }, top);
  brush.bar([0, m(0.93), 0], [0, m(1.36), 0], { radius: m(0.15 * wide), toRadius: m(0.175 * wide) }, top);
  brush.bar([m(-0.12 * wide), m(1.4), 0], [m(0.12 * wide), m(1.4), 0], { radius: m(0.1) }, top);
  if (random.chance(0.4)) {
    const bag: Paint = { label: classes.pedestrian, material: plain(random.pick(clothes)) };
    brush.bar([0, m(1.02), m(-0.2)], [0, m(1.3), m(-0.2)], { radius: m(0.14) }, bag);
  }
  addHead(brush, [0, m(1.64), m(0.02)], tall, walker);
}

/** Adds a head whose middle is at a point. */
export function addHead(
  brush: Brush,
  [x, y, z]: Vec3,
  tall: number,
  { skin, hair }: Pick<Dress, 'skin' | 'hair'>,
): void {
  brush.bar([x, y - 0.2 * tall, z], [x, y, z], { radius: 0.055 * tall }, skin);
  brush.bar([x, y - 0.03 * tall, z + 0.02], [x, y + 0.03 * tall, z + 0.01], { radius: 0.1 * tall }, skin);
  brush.bar([x, y + 0.01 * tall, z - 0.04], [x, y + 0.06 * tall, z - 0.02], { radius: 0.105 * tall }, hair);
}

import type { Random } from '@atrous/core';
import * as classes from '../classes.ts';
import type { Vec3 } from '../geometry/vec3.ts';
import type { Paint } from '../render/shape.ts';
import type { Brush } from '../render/stage.ts';
import { leaves, plain, stained, tint, type Tint } from '../texture/materials.ts';

const greens: readonly Tint[] = [
  tint(84, 108, 52),
  tint(66, 92, 48),
  tint(104, 120, 60),
  tint(56, 80, 56),
  tint(126, 124, 56),
  tint(140, 100, 50),
];

/** Adds a tree: mostly with boughs and a round crown, sometimes a fir. */
export function addTree(brush: Brush, random: Random): void {
  if (random.chance(0.15)) addFir(brush, random);
  else addBroadleaf(brush, random);
}

function addFir(brush: Brush, random: Random): void {
  const label = classes.tree;
  const height = random.uniform(5, 11);
  const bark: Paint = { label, material: plain(tint(80, 66, 54)) };
  const color = tint(random.uniform(40, 62), random.uniform(66, 86), random.uniform(44, 58));
  brush.bar([0, 0, 0], [0, height * 0.3, 0], { radius: height * 0.022 }, bark);
  for (let share = 0.16; share < 1; share += 0.085) {
    const paint: Paint = { label, material: leaves(color, random.integer(1 << 20)) };
    const radius = height * (0.04 + 0.21 * (1 - share));
    const y = height * share;
    brush.bar([0, y, 0], [0, y + height * 0.1, 0], { radius, toRadius: radius * 0.45, ragged: 0.7 }, paint);
  }
}

function addBroadleaf(brush: Brush, random: Random): void {
  const label = classes.tree;
  const bark: Paint = { label, material: stained(tint(88, 74, 60), 0.5, 0.1, random.integer(1000)) };
  const color = random.pick(greens);
  const height = random.uniform(4.5, 10);
  const stem = height * random.uniform(0.28, 0.42);
  const spread = height * random.uniform(0.18, 0.34);
  const radius = height * 0.022 + 0.04;
  brush.bar([0, 0, 0], [0, stem * 1.3, 0], { radius: radius * 1.2, toRadius: radius * 0.8 }, bark);
  const middle = (height + stem) / 2;
  const rise = (height - stem) / 2;
  for (let i = 0; i < 5; i++) {
    const end: Vec3 = [
      spread * random.uniform(-0.8, 0.8),
      middle + rise * random.uniform(-0.4, 0.6),
      spread * random.uniform(-0.8, 0.8),
    ];
    brush.bar([0, stem * random.uniform(0.8, 1.2), 0], end, { radius: radius * 0.5, toRadius: radius * 0.2 }, bark);
  }
  for (let i = 0; i < 22; i++) {
    const x = random.uniform(-1, 1);
    const y = random.uniform(-1, 1);
    const z = random.uniform(-1, 1);
    const away = Math.sqrt(x * x + y * y + z * z) || 1;
    const push = (0.35 + 0.5 * random.uniform()) / Math.max(away, 0.6);
    const shade = random.uniform(0.75, 1.2);
    const paint: Paint = {
      label,
      material: leaves([color[0] * shade, color[1] * shade, color[2] * shade], random.integer(1 << 20)),
    };
    const size = spread * random.uniform(0.34, 0.56);
    brush.ball([x * push * spread, middle + y * push * rise, z * push * spread], { radius: size, ragged: 0.75 }, paint);
  }
}

/** Adds a clipped hedge along the street from `−length / 2` to `length / 2`. */
export function addHedge(brush: Brush, length: number, random: Random): void {
  const label = classes.tree;
  const height = random.uniform(0.9, 1.8);
  const color = random.pick(greens);
  const paint: Paint = { label, material: leaves(color, random.integer(1 << 20)) };
  const z = length / 2;
  brush.box([-0.35, 0, -z], [0.35, height, z], { front: paint, back: paint, sides: paint, top: paint });
  for (let at = -z; at < z; at += 0.7)
    brush.ball(
      [random.uniform(-0.2, 0.2), height - 0.15, at + 0.35],
      { radius: random.uniform(0.35, 0.5), ragged: 0.6 },
      paint,
    );
}

/** Adds the crowns of a wood on the horizon, across a brush's view. */
export function addWood(brush: Brush, random: Random): void {
  const label = classes.tree;
  const color = random.pick(greens);
  const paint: Paint = { label, material: leaves(color, random.integer(1 << 20)) };
  for (let x = -150; x < 150; x += 9) {
    const size = random.uniform(6, 9);
    brush.ball([x, size * 0.35, random.uniform(0, 20)], { radius: size, ragged: 0.5 }, paint);
  }
}

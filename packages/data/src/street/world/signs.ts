import type { Random } from '@atrous/core';
import * as classes from '../classes.ts';
import { turn } from '../geometry/turn.ts';
import type { Vec3 } from '../geometry/vec3.ts';
import type { Material, Paint } from '../render/shape.ts';
import type { Brush } from '../render/stage.ts';
import { band, lay, plain, put, tint, type Tint } from '../texture/materials.ts';
import { hash } from '../texture/noise.ts';
import { choosePostPaint } from './posts.ts';

const red = tint(190, 24, 30);
const blue = tint(20, 80, 170);
const paper = tint(238, 238, 234);
const yellow = tint(240, 196, 30);
const ink = tint(20, 20, 22);

/** Faces of signs; `r` is the distance from the middle in shares of the radius. */
const emblems: readonly ((r: number, x: number, y: number) => Tint)[] = [
  (r) => (r > 0.74 ? red : paper),
  (r, x, y) => (r < 0.8 && Math.abs(y) < 0.2 && Math.abs(x) < 0.62 ? paper : red),
  (_r, x, y) =>
    Math.abs(x) < 0.14 && y < 0.4 && y > -0.6 ? paper : Math.abs(x) + y * 0.9 < 0.6 && y > 0.1 ? paper : blue,
  (r, x, y) =>
    r > 0.74
      ? red
      : Math.abs(x - 0.25) < 0.2 && Math.abs(y) < 0.4
        ? ink
        : Math.abs(x + 0.3) < 0.12 && Math.abs(y) < 0.4
          ? ink
          : paper,
  (r, x, y) => (r > 0.76 || Math.abs(x + y) < 0.16 ? red : blue),
];

function addPlate(brush: Brush, corners: readonly Vec3[], material: Material): void {
  brush.face(corners, { label: classes.sign, material });
  const behind = corners.map(([x, y, z]): Vec3 => [x, y, z + 0.03]).toReversed();
  brush.face(behind, { label: classes.sign, material: plain(tint(120, 122, 124)) });
}

function roundPlate(brush: Brush, middle: number, radius: number, random: Random): void {
  const sides = random.pick([16, 16, 8]);
  const corners = Array.from({ length: sides }, (_, i): Vec3 => {
    const { sin, cos } = turn((i * 360) / sides - 90 - 180 / sides);
    return [radius * cos, middle + radius * sin, -0.1];
  });
  const first = corners[0]!;
  const emblem = random.pick(emblems);
  addPlate(brush, corners, (u, v, _size, out) => {
    const x = (u + first[0]) / radius;
    const y = (v + first[1] - middle) / radius;
    put(out, emblem(Math.sqrt(x * x + y * y), x, y));
    out.glow = 0.12;
  });
}

function trianglePlate(brush: Brush, middle: number, radius: number, random: Random): void {
  const isUpright = random.chance(0.7);
  const s = isUpright ? 1 : -1;
  const corners: Vec3[] = [
    [-radius * s, middle - 0.7 * radius * s, -0.1],
    [radius * s, middle - 0.7 * radius * s, -0.1],
    [0, middle + radius * s, -0.1],
  ];
  addPlate(brush, corners, (u, v, _size, out) => {
    const y = v / radius;
    const x = Math.abs(u / radius - 1);
    const inside = Math.min(y, (1.7 - y - x * 1.7) * 0.5);
    put(out, inside < 0.2 ? red : isUpright && x < 0.09 && y > 0.4 && y < 1 ? ink : paper);
    out.glow = 0.12;
  });
}

function boardPlate(brush: Brush, middle: number, radius: number, random: Random): void {
  const ground = random.pick([blue, tint(20, 110, 70), paper, yellow]);
  const letters = ground === paper || ground === yellow ? ink : paper;
  const half = radius * random.uniform(1.1, 1.9);
  const high = radius * random.uniform(0.9, 1.3);
  const seed = random.integer(1000);
  const corners: Vec3[] = [
    [-half, middle - high, -0.1],
    [half, middle - high, -0.1],
    [half, middle + high, -0.1],
    [-half, middle + high, -0.1],
  ];
  addPlate(brush, corners, (u, v, size, out) => {
    put(out, ground);
    out.glow = 0.12;
    const edge = Math.max(
      band(u, 0, 0.05, size),
      band(u, 2 * half - 0.05, 2 * half, size),
      band(v, 0, 0.05, size),
      band(v, 2 * high - 0.05, 2 * high, size),
    );
    lay(out, letters, edge);
    const line = Math.floor(v / 0.24);
    const isText = v - line * 0.24 > 0.1 && u > 0.14 && u < 2 * half - 0.14 - 0.5 * hash(line, 1, seed);
    if (isText && hash(Math.floor(u / 0.07), line, seed) > 0.3) lay(out, letters, 0.9);
  });
}

/** Adds a post with one or two traffic signs that look back along the street. */
export function addSign(brush: Brush, random: Random): void {
  const radius = random.uniform(0.42, 0.62);
  const base = random.uniform(1.9, 2.5);
  brush.bar([0, 0, 0], [0, base + 2 * radius, 0], { radius: 0.09 }, choosePostPaint(random));
  const plate = random.pick([roundPlate, roundPlate, trianglePlate, boardPlate]);
  plate(brush, base + radius, radius, random);
  if (random.chance(0.35)) boardPlate(brush, base - 0.35, 0.28, random);
}

/** Adds a traffic light that looks back along the street. */
export function addTrafficLight(brush: Brush, random: Random): void {
  const base = random.uniform(2.2, 2.6);
  brush.bar([0, 0, 0], [0, base + 0.2, 0], { radius: 0.1 }, choosePostPaint(random));
  const shown = random.integer(3);
  const colors = [tint(40, 220, 120), tint(250, 170, 30), tint(250, 40, 30)];
  const [half, high] = [0.24, 1.15];
  const box: Paint = { label: classes.sign, material: plain(ink) };
  const lights: Paint = {
    label: classes.sign,
    material: (u, v, _size, out) => {
      put(out, ink);
      const lamp = Math.max(0, Math.min(2, Math.floor((v / high) * 3)));
      const x = u - half;
      const y = v - ((lamp + 0.5) * high) / 3;
      if (x * x + y * y > 0.024) return;
      put(out, colors[lamp]!, lamp === shown ? 1 : 0.12);
      out.glow = lamp === shown ? 1.6 : 0;
    },
  };
  brush.box([-half, base, -0.16], [half, base + high, 0.16], {
    front: box,
    back: lights,
    sides: box,
    top: box,
  });
  const border: Paint = { label: classes.sign, material: plain(paper) };
  brush.face(
    [
      [-0.34, base - 0.1, 0.17],
      [0.34, base - 0.1, 0.17],
      [0.34, base + high + 0.1, 0.17],
      [-0.34, base + high + 0.1, 0.17],
    ],
    border,
  );
}

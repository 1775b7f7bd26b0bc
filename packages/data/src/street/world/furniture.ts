import type { Random } from '@atrous/core';
import * as classes from '../classes.ts';
import { frameIn, toWorld, type Frame } from '../geometry/frame.ts';
import { turn } from '../geometry/turn.ts';
import type { Vec3 } from '../geometry/vec3.ts';
import type { Lamp } from '../render/light.ts';
import type { Material, Paint } from '../render/shape.ts';
import { addBall, addBar, addBox, addFace, type Stage } from '../render/stage.ts';
import { band, lay, plain, put, stained, tint, type Tint } from '../texture/materials.ts';
import { hash } from '../texture/noise.ts';

const metal = (random: Random): Paint => ({
  label: classes.pole,
  material: plain(random.pick([tint(112, 116, 118), tint(60, 64, 66), tint(150, 152, 150), tint(44, 56, 50)])),
});

/** Adds a street lamp that reaches over the road; `side` is where the road is not. */
export function addLampPost(stage: Stage, frame: Frame, side: number, random: Random, lamps: Lamp[]): void {
  const paint = metal(random);
  const height = random.uniform(5, 8.5);
  const reach = -side * random.uniform(0.8, 1.8);
  addBar(stage, frame, [0, 0, 0], [0, 1.2, 0], { radius: 0.14 }, paint);
  addBar(stage, frame, [0, 1, 0], [0, height, 0], { radius: 0.11, toRadius: 0.08 }, paint);
  addBar(stage, frame, [0, height, 0], [reach, height + 0.35, 0], { radius: 0.07 }, paint);
  addBar(
    stage,
    frame,
    [reach, height + 0.33, 0],
    [reach * 1.4, height + 0.36, 0],
    { radius: 0.12 },
    {
      label: classes.pole,
      material: (_u, _v, _size, out) => {
        put(out, tint(210, 208, 200));
        out.glow = lamps.length > 0 ? 2 : 0;
      },
    },
  );
  lamps.push({ at: toWorld(frame, [reach * 1.3, height, 0]), color: [22, 17, 10] });
}

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

function addPlate(stage: Stage, frame: Frame, corners: readonly Vec3[], material: Material): void {
  addFace(stage, frame, corners, { label: classes.sign, material });
  const behind = corners.map(([x, y, z]): Vec3 => [x, y, z + 0.03]).toReversed();
  addFace(stage, frame, behind, { label: classes.sign, material: plain(tint(120, 122, 124)) });
}

function roundPlate(stage: Stage, frame: Frame, middle: number, radius: number, random: Random): void {
  const sides = random.pick([16, 16, 8]);
  const corners = Array.from({ length: sides }, (_, i): Vec3 => {
    const { sin, cos } = turn((i * 360) / sides - 90 - 180 / sides);
    return [radius * cos, middle + radius * sin, -0.1];
  });
  const first = corners[0]!;
  const emblem = random.pick(emblems);
  addPlate(stage, frame, corners, (u, v, _size, out) => {
    const x = (u + first[0]) / radius;
    const y = (v + first[1] - middle) / radius;
    put(out, emblem(Math.sqrt(x * x + y * y), x, y));
    out.glow = 0.12;
  });
}

function trianglePlate(stage: Stage, frame: Frame, middle: number, radius: number, random: Random): void {
  const isUpright = random.chance(0.7);
  const s = isUpright ? 1 : -1;
  const corners: Vec3[] = [
    [-radius * s, middle - 0.7 * radius * s, -0.1],
    [radius * s, middle - 0.7 * radius * s, -0.1],
    [0, middle + radius * s, -0.1],
  ];
  addPlate(stage, frame, corners, (u, v, _size, out) => {
    const y = v / radius;
    const x = Math.abs(u / radius - 1);
    const inside = Math.min(y, (1.7 - y - x * 1.7) * 0.5);
    put(out, inside < 0.2 ? red : isUpright && x < 0.09 && y > 0.4 && y < 1 ? ink : paper);
    out.glow = 0.12;
  });
}

function boardPlate(stage: Stage, frame: Frame, middle: number, radius: number, random: Random): void {
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
  addPlate(stage, frame, corners, (u, v, size, out) => {
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
export function addSign(stage: Stage, frame: Frame, random: Random): void {
  const radius = random.uniform(0.38, 0.55);
  const base = random.uniform(1.9, 2.5);
  addBar(stage, frame, [0, 0, 0], [0, base + 2 * radius, 0], { radius: 0.065 }, metal(random));
  const plate = random.pick([roundPlate, roundPlate, trianglePlate, boardPlate]);
  plate(stage, frame, base + radius, radius, random);
  if (random.chance(0.35)) boardPlate(stage, frame, base - 0.35, 0.28, random);
}

/** Adds a traffic light that looks back along the street. */
export function addTrafficLight(stage: Stage, frame: Frame, random: Random): void {
  const base = random.uniform(2.2, 2.6);
  addBar(stage, frame, [0, 0, 0], [0, base + 0.2, 0], { radius: 0.08 }, metal(random));
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
  addBox(stage, frame, [-half, base, -0.16], [half, base + high, 0.16], {
    front: box,
    back: lights,
    sides: box,
    top: box,
  });
  const border: Paint = { label: classes.sign, material: plain(paper) };
  addFace(
    stage,
    frame,
    [
      [-0.34, base - 0.1, 0.17],
      [0.34, base - 0.1, 0.17],
      [0.34, base + high + 0.1, 0.17],
      [-0.34, base + high + 0.1, 0.17],
    ],
    border,
  );
}

/** Adds a bollard. */
export function addBollard(stage: Stage, frame: Frame, random: Random): void {
  const paint: Paint = { label: classes.pole, material: plain(random.pick([tint(30, 32, 34), tint(120, 120, 118)])) };
  addBar(stage, frame, [0, 0, 0], [0, 0.95, 0], { radius: 0.11, toRadius: 0.09 }, paint);
  addBall(stage, frame, [0, 1, 0], { radius: 0.12 }, paint);
}

/** Adds a litter bin, which belongs to no class. */
export function addBin(stage: Stage, frame: Frame, random: Random): void {
  const color = random.pick([tint(30, 50, 40), tint(50, 50, 54), tint(60, 90, 60)]);
  const paint: Paint = { label: classes.ignored, material: stained(color, 0.3, 0.2, 5) };
  addBox(stage, frame, [-0.28, 0, -0.28], [0.28, 1, 0.28], { front: paint, back: paint, sides: paint, top: paint });
}

/** A railing, a mesh or boards, `u` metres along and `v` metres up. */
function fenceMaterial(kind: 'railing' | 'boards' | 'mesh', height: number, color: Tint): Material {
  return (u, v, size, out) => {
    put(out, color);
    if (kind === 'boards') {
      const board = Math.floor(u / 0.16);
      put(out, color, 0.85 + 0.3 * hash(board, 0, 7));
      lay(out, ink, 0.6 * band(u - board * 0.16, 0, 0.018, size));
      lay(
        out,
        ink,
        0.25 * Math.max(band(v, height * 0.3, height * 0.36, size), band(v, height * 0.75, height * 0.81, size)),
      );
      return;
    }
    const spacing = kind === 'railing' ? 0.14 : 0.09;
    const bar = band(u - Math.floor(u / spacing) * spacing, 0, kind === 'railing' ? 0.05 : 0.03, size);
    const row = kind === 'railing' ? 0 : band(v - Math.floor(v / spacing) * spacing, 0, 0.03, size);
    const rails = Math.max(band(v, height - 0.08, height, size), band(v, 0.08, 0.15, size));
    const posts = band(u - Math.floor(u / 2) * 2, 0, 0.1, size);
    out.cover = Math.max(bar, row, rails, posts);
  };
}

/** Adds a fence along the street from `−length / 2` to `length / 2`. */
export function addFence(stage: Stage, frame: Frame, length: number, random: Random): void {
  const kind = random.pick(['railing', 'railing', 'boards', 'mesh'] as const);
  const height = kind === 'railing' ? random.uniform(1, 1.25) : random.uniform(1.3, 1.9);
  const color =
    kind === 'boards'
      ? random.pick([tint(130, 96, 66), tint(96, 84, 70), tint(150, 130, 104)])
      : random.pick([tint(120, 124, 126), tint(34, 36, 38), tint(40, 70, 56), tint(190, 190, 188)]);
  const paint: Paint = { label: classes.fence, material: fenceMaterial(kind, height, color), veil: kind !== 'boards' };
  const along = frameIn(frame, [0, 0, 0]);
  const z = length / 2;
  addFace(
    stage,
    along,
    [
      [0, 0, z],
      [0, 0, -z],
      [0, height, -z],
      [0, height, z],
    ],
    paint,
  );
  if (kind === 'boards')
    addFace(
      stage,
      along,
      [
        [0.05, 0, -z],
        [0.05, 0, z],
        [0.05, height, z],
        [0.05, height, -z],
      ],
      paint,
    );
}

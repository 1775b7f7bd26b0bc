import type { Random } from '@atrous/core';
import * as classes from '../classes.ts';
import { turn } from '../geometry/turn.ts';
import type { Vec3 } from '../geometry/vec3.ts';
import type { Material, Paint } from '../render/shape.ts';
import type { Brush } from '../render/stage.ts';
import { plain, put, tint, type Tint } from '../texture/materials.ts';
import { hash } from '../texture/noise.ts';
import { addHead, clothes, dress } from './people.ts';

const rubber = tint(24, 24, 26);

/** Tubes of a bicycle: stays, seat post, frame, fork, handlebar. */
const frameBars: readonly (readonly [Vec3, Vec3])[] = [
  [
    [0, 0.34, -0.52],
    [0, 0.32, -0.05],
  ],
  [
    [0, 0.32, -0.05],
    [0, 0.88, -0.2],
  ],
  [
    [0, 0.34, -0.52],
    [0, 0.8, -0.18],
  ],
  [
    [0, 0.8, -0.18],
    [0, 0.84, 0.36],
  ],
  [
    [0, 0.32, -0.05],
    [0, 0.78, 0.38],
  ],
  [
    [0, 0.34, 0.52],
    [0, 1, 0.32],
  ],
  [
    [-0.26, 1.02, 0.32],
    [0.26, 1.02, 0.32],
  ],
];

const wheelRadius = 0.34;

/** Adds the inside of a wheel, which is seen through between the spokes. */
function addSpokes(brush: Brush, z: number): void {
  const rim = Array.from({ length: 12 }, (_, i): Vec3 => {
    const { sin, cos } = turn(i * 30 - 105);
    return [0, wheelRadius + wheelRadius * sin, z - wheelRadius * cos];
  });
  const material: Material = (u, v, size, out) => {
    put(out, tint(140, 140, 140));
    out.cover = 0.14 + 0.1 * hash(Math.floor(u * 30), Math.floor(v * 30), 1) * (size < 0.03 ? 1 : 0);
  };
  brush.face(rim, { label: classes.bicyclist, material, veil: true });
}

function addBicycle(brush: Brush, color: Tint): void {
  const label = classes.bicyclist;
  const steel: Paint = { label, material: plain(color) };
  const tyre: Paint = { label, material: plain(rubber) };
  const radius = wheelRadius;
  for (const z of [-0.52, 0.52])
    for (let i = 0; i < 12; i++) {
      const a = turn(i * 30);
      const b = turn(i * 30 + 30);
      brush.bar(
        [0, radius + radius * a.sin, z + radius * a.cos],
        [0, radius + radius * b.sin, z + radius * b.cos],
        { radius: 0.04 },
        tyre,
      );
    }
  for (const z of [-0.52, 0.52]) addSpokes(brush, z);
  for (const [from, to] of frameBars) brush.bar(from, to, { radius: 0.032 }, steel);
}

/** Adds someone on a bicycle; the brush is below the pedals and looks ahead. */
export function addBicyclist(brush: Brush, random: Random): void {
  const label = classes.bicyclist;
  addBicycle(brush, random.pick(clothes));
  const { top, legs, skin, shoes } = dress(random, label);
  const phase = random.uniform(0, 360);
  for (const side of [-1, 1]) {
    const { sin, cos } = turn(phase + (side > 0 ? 180 : 0));
    const pedal: Vec3 = [0.11 * side, 0.32 + 0.17 * sin, -0.05 + 0.17 * cos];
    const knee: Vec3 = [0.11 * side, 0.75 + 0.08 * sin, 0.2 + 0.08 * cos];
    brush.bar([0.1 * side, 0.98, -0.2], knee, { radius: 0.09, toRadius: 0.075 }, legs);
    brush.bar(knee, pedal, { radius: 0.07, toRadius: 0.055 }, legs);
    brush.bar(pedal, [pedal[0], pedal[1] - 0.02, pedal[2] + 0.12], { radius: 0.05 }, shoes);
    const elbow: Vec3 = [0.27 * side, 1.18, 0.12];
    brush.bar([0.2 * side, 1.46, 0.02], elbow, { radius: 0.06 }, top);
    brush.bar(elbow, [0.24 * side, 1.06, 0.33], { radius: 0.05 }, top);
  }
  brush.bar([0, 1, -0.2], [0, 1.42, 0], { radius: 0.16, toRadius: 0.18 }, top);
  brush.bar([-0.12, 1.46, 0.02], [0.12, 1.46, 0.02], { radius: 0.1 }, top);
  const helmet: Paint = { label, material: plain(random.pick(clothes)) };
  addHead(brush.at([0, 0, 0.1]), [0, 1.68, 0], 1.02, { skin, hair: helmet });
}

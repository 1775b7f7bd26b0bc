import type { Random } from '@atrous/core';
import * as classes from '../classes.ts';
import { toWorld, type Frame } from '../geometry/frame.ts';
import type { Lamp } from '../render/light.ts';
import type { Material, Paint } from '../render/shape.ts';
import { addBox, addFace, addPrism, type Stage } from '../render/stage.ts';
import { turn } from '../geometry/turn.ts';
import type { Vec3 } from '../geometry/vec3.ts';
import { band, lay, plain, put, tint, type Tint } from '../texture/materials.ts';

const colors: readonly Tint[] = [
  tint(190, 192, 196),
  tint(34, 36, 40),
  tint(230, 230, 232),
  tint(120, 124, 130),
  tint(150, 24, 28),
  tint(36, 60, 120),
  tint(70, 74, 80),
  tint(28, 70, 58),
  tint(180, 150, 100),
  tint(90, 130, 170),
];
const glass = tint(36, 44, 52);
const black = tint(26, 26, 28);

interface Style {
  readonly length: number;
  readonly halfWidth: number;
  readonly belt: number;
  readonly roof: number;
  /** Where the cabin begins and ends, from rear to front, as shares of the length: foot and roof. */
  readonly cabin: readonly [rearFoot: number, rearRoof: number, frontRoof: number, frontFoot: number];
  readonly bonnet: number;
}

const styles: readonly Style[] = [
  { length: 4.4, halfWidth: 0.88, belt: 0.94, roof: 1.46, cabin: [0.07, 0.2, 0.57, 0.75], bonnet: 0.78 },
  { length: 3.8, halfWidth: 0.84, belt: 0.95, roof: 1.5, cabin: [0.01, 0.1, 0.56, 0.76], bonnet: 0.82 },
  { length: 4.7, halfWidth: 0.9, belt: 0.92, roof: 1.43, cabin: [0.16, 0.3, 0.56, 0.73], bonnet: 0.76 },
  { length: 4.6, halfWidth: 0.95, belt: 1.08, roof: 1.75, cabin: [0.02, 0.07, 0.57, 0.74], bonnet: 1 },
  { length: 5.2, halfWidth: 1, belt: 1.2, roof: 2.15, cabin: [0, 0.02, 0.68, 0.86], bonnet: 1.02 },
];

/** The rear or front below the windows: lamps at both ends, plate and bumper. */
function endMaterial(paint: Tint, halfWidth: number, isRear: boolean, glow: number): Material {
  const lampColor = isRear ? tint(190, 24, 20) : tint(240, 240, 230);
  return (u, v, size, out) => {
    put(out, paint);
    out.gloss = 0.1;
    const x = Math.abs(u - halfWidth);
    if (!isRear) lay(out, black, band(x, -1, halfWidth * 0.5, size) * band(v, 0.28, 0.44, size));
    lay(out, black, band(v, -0.1, 0.12, size) + 0.5 * band(v, 0.2, 0.23, size));
    lay(out, isRear ? tint(220, 190, 60) : tint(235, 235, 230), band(x, -1, 0.26, size) * band(v, 0.14, 0.26, size));
    const lamp =
      band(x, halfWidth * 0.66, halfWidth * 0.97, size) * band(v, isRear ? 0.32 : 0.28, isRear ? 0.56 : 0.46, size);
    lay(out, lampColor, lamp);
    out.glow = lamp * glow;
  };
}

function glassMaterial(paint: Tint, width: number, pillars: readonly number[]): Material {
  return (u, v, size, out) => {
    put(out, glass);
    out.gloss = 0.3;
    let frame = Math.max(band(u, -1, 0.07, size), band(u, width - 0.07, width + 1, size), band(v, -0.2, 0.04, size));
    for (const at of pillars) frame = Math.max(frame, band(u, at - 0.05, at + 0.05, size));
    lay(out, paint, frame);
    out.gloss *= 1 - 0.7 * frame;
  };
}

function addWheel(stage: Stage, frame: Frame, [x, y, z]: Vec3, radius: number): void {
  const side = x > 0 ? 1 : -1;
  const corners: Vec3[] = Array.from({ length: 14 }, (_, i) => {
    const { sin, cos } = turn((i * 360) / 14 - 103);
    return [x, y + radius * sin, z + radius * cos * side];
  });
  const rim = tint(165, 168, 172);
  const material: Material = (u, v, size, out) => {
    const a = u - 0.2225 * radius;
    const b = v - 0.975 * radius;
    const from = Math.sqrt(a * a + b * b);
    put(out, black);
    lay(out, rim, band(from, -1, radius * 0.62, size));
    lay(out, black, 0.7 * band(from, radius * 0.15, radius * 0.5, size) * band(Math.abs(a * b), 0, 0.006, 0.006));
  };
  addFace(stage, frame, corners, { label: classes.car, material });
}

/** Adds a car, estate or van; the frame stands below its middle and looks where it drives. */
export function addCar(stage: Stage, frame: Frame, random: Random, darkness: number, lamps: Lamp[]): void {
  const { length, halfWidth: w, belt, roof, cabin, bonnet } = random.pick(styles);
  const base = random.pick(colors);
  const glow = darkness > 0.3 ? 1.5 : random.chance(0.25) ? 0.8 : 0;
  const label = classes.car;
  const paint: Paint = { label, material: plain(base, 0.1) };
  const dark: Paint = { label, material: plain(black) };
  const z = (share: number): number => (share - 0.5) * length;
  const sill = 0.28;
  const front = cabin[3];
  const rear: Paint = { label, material: endMaterial(base, w - 0.06, true, glow) };
  const face: Paint = { label, material: endMaterial(base, w - 0.06, false, glow * 1.6) };
  const sideMaterial: Material = (u, v, size, out) => {
    put(out, base, v < 0.12 ? 0.5 : 1);
    out.gloss = 0.08;
    const seam = Math.max(
      band(Math.abs(u - length * 0.42), 0, 0.012, size),
      band(Math.abs(u - length * 0.63), 0, 0.012, size),
    );
    lay(out, black, 0.7 * seam);
    for (const at of [0.19, 0.81]) {
      const a = u - at * length;
      const b = v + sill - 0.32;
      if (a * a + b * b < 0.17) put(out, black, 0.5);
    }
  };
  const side: Paint = { label, material: sideMaterial };
  addPrism(
    stage,
    frame,
    { low: [-w, w, z(0), z(front)], high: [-w + 0.02, w - 0.02, z(0.005), z(front)], from: sill, to: belt },
    { back: rear, sides: side, top: paint },
  );
  addPrism(
    stage,
    frame,
    { low: [-w, w, z(front), z(1)], high: [-w + 0.04, w - 0.04, z(front), z(0.985)], from: sill, to: bonnet },
    { front: face, sides: side },
  );
  addFace(
    stage,
    frame,
    [
      [-w + 0.04, bonnet, z(0.985)],
      [-w + 0.04, belt, z(front)],
      [w - 0.04, belt, z(front)],
      [w - 0.04, bonnet, z(0.985)],
    ],
    paint,
  );
  for (const s of [-1, 1]) {
    const low: Vec3 = [s * (w - 0.03), bonnet, z(front)];
    const high: Vec3 = [s * (w - 0.03), belt, z(front)];
    const tip: Vec3 = [s * (w - 0.04), bonnet, z(0.985)];
    addFace(stage, frame, s > 0 ? [low, tip, high] : [tip, low, high], paint);
  }
  const cabinLength = (cabin[3] - cabin[0]) * length;
  const glassOf = (width: number, pillars: readonly number[]): Paint => ({
    label,
    material: glassMaterial(base, width, pillars),
  });
  addPrism(
    stage,
    frame,
    {
      low: [-w + 0.06, w - 0.06, z(cabin[0]), z(cabin[3])],
      high: [-w + 0.2, w - 0.2, z(cabin[1]), z(cabin[2])],
      from: belt,
      to: roof,
    },
    {
      front: glassOf(2 * w - 0.12, []),
      back: glassOf(2 * w - 0.12, []),
      sides: glassOf(cabinLength, [cabinLength * 0.48, cabinLength * 0.2]),
      top: paint,
    },
  );
  addBox(stage, frame, [-w + 0.1, 0.16, z(0.04)], [w - 0.1, sill, z(0.96)], { front: dark, back: dark, sides: dark });
  for (const at of [0.19, 0.81]) {
    addBox(stage, frame, [-w + 0.02, 0, z(at) - 0.3], [-w + 0.24, 0.5, z(at) + 0.3], { front: dark, back: dark });
    addBox(stage, frame, [w - 0.24, 0, z(at) - 0.3], [w - 0.02, 0.5, z(at) + 0.3], { front: dark, back: dark });
    addWheel(stage, frame, [-w - 0.01, 0.32, z(at)], 0.32);
    addWheel(stage, frame, [w + 0.01, 0.32, z(at)], 0.32);
  }
  if (glow > 1) lamps.push({ at: toWorld(frame, [0, 0.65, z(1) + 0.3]), color: [9, 9, 8], beam: frame.forward });
}

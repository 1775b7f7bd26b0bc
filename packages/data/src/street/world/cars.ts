import type { Random } from '@atrous/core';
import * as classes from '../classes.ts';
import { toWorld } from '../geometry/frame.ts';
import type { Vec3 } from '../geometry/vec3.ts';
import type { Lamp } from '../render/light.ts';
import type { Material, Paint } from '../render/shape.ts';
import type { Brush } from '../render/stage.ts';
import { band, lay, plain, put, tint, type Tint } from '../texture/materials.ts';
import { addWheels } from './wheels.ts';

const colors: readonly Tint[] = [
  tint(190, 192, 196),
  tint(190, 192, 196),
  tint(34, 36, 40),
  tint(34, 36, 40),
  tint(230, 230, 232),
  tint(120, 124, 130),
  tint(160, 24, 28),
  tint(30, 54, 120),
  tint(70, 74, 80),
  tint(24, 70, 56),
  tint(180, 150, 100),
  tint(80, 124, 170),
  tint(200, 120, 40),
];
const glass = tint(30, 36, 42);
const black = tint(24, 24, 26);

/** Proportions of a body; lengths in metres. */
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
  const plate = isRear ? tint(220, 190, 60) : tint(235, 235, 230);
  const [low, high] = isRear ? [0.32, 0.56] : [0.28, 0.46];
  return (u, v, size, out) => {
    put(out, paint, 0.75 + 0.35 * v);
    out.gloss = 0.12;
    const x = Math.abs(u - halfWidth);
    if (!isRear) lay(out, black, band(x, -1, halfWidth * 0.5, size) * band(v, 0.28, 0.44, size));
    lay(out, black, band(v, -0.1, 0.12, size) + 0.5 * band(v, 0.2, 0.23, size));
    lay(out, plate, band(x, -1, 0.26, size) * band(v, 0.14, 0.26, size));
    const lamp = band(x, halfWidth * 0.66, halfWidth * 0.97, size) * band(v, low, high, size);
    lay(out, lampColor, lamp);
    out.glow = lamp * glow;
  };
}

/** A flank: doors, dark sill, shade around the wheels. */
function sideMaterial(paint: Tint, length: number, sill: number): Material {
  return (u, v, size, out) => {
    put(out, paint, v < 0.1 ? 0.35 : 0.62 + 0.55 * v);
    out.gloss = 0.12;
    const front = band(Math.abs(u - length * 0.42), 0, 0.012, size);
    lay(out, black, 0.7 * Math.max(front, band(Math.abs(u - length * 0.63), 0, 0.012, size)));
    for (const at of [0.19, 0.81]) {
      const a = u - at * length;
      const b = v + sill - 0.32;
      if (a * a + b * b < 0.155) put(out, black, 0.3);
    }
  };
}

/** A window in its frame, with pillars at some places. */
function glassMaterial(paint: Tint, width: number, pillars: readonly number[]): Material {
  return (u, v, size, out) => {
    put(out, glass);
    out.gloss = 0.5;
    let frame = Math.max(band(u, -1, 0.07, size), band(u, width - 0.07, width + 1, size), band(v, -0.2, 0.04, size));
    for (const at of pillars) frame = Math.max(frame, band(u, at - 0.05, at + 0.05, size));
    lay(out, paint, frame);
    out.gloss *= 1 - 0.7 * frame;
  };
}

/** Adds the bonnet: its end with the lamps, its flanks and its sloping top. */
function addBonnet(brush: Brush, style: Style, paints: Readonly<Record<'end' | 'side' | 'top', Paint>>): void {
  const { length, halfWidth: w, belt, bonnet, cabin } = style;
  const foot = (cabin[3] - 0.5) * length;
  const [nose, tip] = [0.5 * length, 0.485 * length];
  const block = { low: [-w, w, foot, nose], high: [-w + 0.04, w - 0.04, foot, tip], from: 0.28, to: bonnet } as const;
  brush.prism(block, { front: paints.end, sides: paints.side });
  const [left, right] = [-w + 0.04, w - 0.04];
  brush.face(
    [
      [right, bonnet, tip],
      [left, bonnet, tip],
      [left, belt, foot],
      [right, belt, foot],
    ],
    paints.top,
  );
  for (const x of [left, right]) {
    const low: Vec3 = [x, bonnet, foot];
    const end: Vec3 = [x, bonnet, tip];
    brush.face(x > 0 ? [low, end, [x, belt, foot]] : [end, low, [x, belt, foot]], paints.top);
  }
}

function addCabin(brush: Brush, { length, halfWidth: w, belt, roof, cabin }: Style, base: Tint, top: Paint): void {
  const z = (share: number): number => (share - 0.5) * length;
  const long = (cabin[3] - cabin[0]) * length;
  const pane = (width: number, pillars: readonly number[]): Paint => ({
    label: classes.car,
    material: glassMaterial(base, width, pillars),
  });
  const ends = pane(2 * w - 0.12, []);
  const block = {
    low: [-w + 0.06, w - 0.06, z(cabin[0]), z(cabin[3])],
    high: [-w + 0.2, w - 0.2, z(cabin[1]), z(cabin[2])],
    from: belt,
    to: roof,
  } as const;
  brush.prism(block, { front: ends, back: ends, sides: pane(long, [long * 0.48, long * 0.2]), top });
  for (const side of [-1, 1]) {
    const [inner, outer] = side > 0 ? [w - 0.06, w + 0.14] : [-w - 0.14, -w + 0.06];
    const mirror = { front: top, back: top, sides: top, top };
    brush.box([inner, belt, z(cabin[3] - 0.1)], [outer, belt + 0.15, z(cabin[3] - 0.08)], mirror);
  }
}

/** Adds a car, estate or van; the brush is below its middle and looks where it drives. */
export function addCar(
  brush: Brush,
  random: Random,
  { darkness, lamps }: { readonly darkness: number; readonly lamps: Lamp[] },
): void {
  const style = random.pick(styles);
  const base = random.pick(colors);
  const glow = darkness > 0.3 ? 2.2 : random.chance(0.25) ? 1 : 0;
  const { length, halfWidth: w, belt, cabin } = style;
  const label = classes.car;
  const sill = 0.28;
  const paint: Paint = { label, material: plain(base, 0.16) };
  const side: Paint = { label, material: sideMaterial(base, length, sill) };
  const rear: Paint = { label, material: endMaterial(base, w - 0.06, true, glow) };
  const end: Paint = { label, material: endMaterial(base, w - 0.06, false, glow * 1.6) };
  const dark: Paint = { label, material: plain(black) };
  const foot = (cabin[3] - 0.5) * length;
  const back = -0.5 * length;
  const body = {
    low: [-w, w, back, foot],
    high: [-w + 0.02, w - 0.02, back + 0.02, foot],
    from: sill,
    to: belt,
  } as const;
  brush.prism(body, { back: rear, sides: side, top: paint });
  addBonnet(brush, style, { end, side, top: paint });
  addCabin(brush, style, base, paint);
  const under = { front: dark, back: dark, sides: dark };
  brush.box([-w + 0.1, 0.16, back * 0.92], [w - 0.1, sill, -back * 0.92], under);
  for (const at of [-0.31, 0.31]) addWheels(brush, at * length, w, 0.32);
  if (darkness > 0.3)
    lamps.push({ at: toWorld(brush.frame, [0, 0.65, -back + 0.3]), color: [9, 9, 8], beam: brush.frame.forward });
}

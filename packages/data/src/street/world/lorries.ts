import type { Random } from '@atrous/core';
import * as classes from '../classes.ts';
import type { Material, Paint } from '../render/shape.ts';
import type { Brush } from '../render/stage.ts';
import { band, lay, plain, put, tint, type Tint } from '../texture/materials.ts';
import { hash } from '../texture/noise.ts';
import { addWheels } from './wheels.ts';

const glass = tint(30, 36, 42);
const black = tint(24, 24, 26);
const red = tint(200, 30, 24);
const paper = tint(225, 222, 210);

/** The side of a bus: one or two rows of windows. */
const busSide =
  (color: Tint, rows: number): Material =>
  (u, v, size, out) => {
    put(out, color, 0.8 + 0.1 * v);
    out.gloss = 0.08;
    for (let row = 0; row < rows; row++) {
      const pane =
        band(v, 0.75 + row * 1.9, 1.75 + row * 1.9, size) * (1 - band(u - Math.floor(u / 1.5) * 1.5, 0, 0.1, size));
      lay(out, glass, pane);
      out.gloss += pane * 0.4;
    }
    lay(out, paper, 0.8 * band(v, 0.45, 0.6, size));
  };

/** The front or rear of a bus or lorry. */
const busEnd =
  (color: Tint, half: number, height: number, isRear: boolean): Material =>
  (u, v, size, out) => {
    put(out, color, 0.9);
    const x = Math.abs(u - half);
    const pane = band(x, -1, half - 0.15, size) * band(v, isRear ? 1.2 : 0.8, isRear ? 1.9 : 2, size);
    lay(out, glass, pane);
    out.gloss = 0.08 + pane * 0.4;
    lay(out, black, band(v, -1, 0.2, size));
    lay(out, black, band(x, -1, half * 0.7, size) * band(v, height - 0.55, height - 0.2, size));
    const lamp = band(x, half * 0.74, half * 0.94, size) * band(v, 0.35, 0.6, size);
    lay(out, isRear ? red : paper, lamp);
    out.glow = lamp * 0.6;
  };

/** A closed box with a name on it. */
const cargo =
  (color: Tint, letters: Tint, seed: number): Material =>
  (u, v, size, out) => {
    put(out, color, 0.95 - 0.08 * band(u - Math.floor(u / 0.6) * 0.6, 0, 0.04, size));
    if (v < 0.9 || v > 1.7) return;
    if (hash(Math.floor(u / 0.34), 0, seed) > 0.3 && hash(Math.floor(u / 0.08), Math.floor(v / 0.16), seed) > 0.35)
      lay(out, letters, 0.85 * band(u, 0.5, 4, size));
  };

const busColors: readonly Tint[] = [tint(178, 24, 28), tint(30, 80, 150), tint(230, 200, 70), tint(40, 110, 70)];
const cargoColors: readonly Tint[] = [tint(232, 232, 228), tint(200, 196, 180), tint(60, 90, 140), tint(190, 70, 40)];

function addBus(brush: Brush, random: Random): void {
  const rows = random.chance(0.4) ? 2 : 1;
  const color = random.pick(busColors);
  const height = rows === 2 ? 4.2 : 2.9;
  const label = classes.car;
  const paint = (material: Material): Paint => ({ label, material });
  brush.box([-1.25, 0.3, -4.6], [1.25, height, 4.6], {
    front: paint(busEnd(color, 1.25, height - 0.3, false)),
    back: paint(busEnd(color, 1.25, height - 0.3, true)),
    sides: paint(busSide(color, rows)),
    top: paint(plain(paper)),
  });
  for (const z of [-2.6, 3]) addWheels(brush, z, 1.25, 0.48);
}

function addTruck(brush: Brush, random: Random): void {
  const cab = random.pick(cargoColors);
  const box = random.pick(cargoColors);
  const label = classes.car;
  const sides: Paint = { label, material: cargo(box, random.pick(busColors), random.integer(1000)) };
  const back: Paint = { label, material: busEnd(box, 1.2, 2.6, true) };
  const top: Paint = { label, material: plain(box) };
  const cabPaint: Paint = { label, material: busEnd(cab, 1.1, 3, false) };
  const cabSide: Paint = { label, material: busSide(cab, 1) };
  const dark: Paint = { label, material: plain(black) };
  brush.box([-1.2, 0.75, -3.6], [1.2, 3.3, 1.6], { front: top, back, sides, top });
  brush.box([-1.1, 0.45, 1.7], [1.1, 2.6, 3.5], { front: cabPaint, back: top, sides: cabSide, top });
  brush.box([-0.8, 0.4, -3.5], [0.8, 0.8, 3.3], { front: dark, back: dark, sides: dark });
  for (const z of [-2.3, 2.6]) addWheels(brush, z, 1.1, 0.46);
}

/** Adds a bus or a lorry; the brush is below its middle and looks where it drives. */
export function addLorry(brush: Brush, random: Random): void {
  if (random.chance(0.5)) addBus(brush, random);
  else addTruck(brush, random);
}

import type { Random } from '@atrous/core';
import type { Material, Texel } from '../render/shape.ts';
import { band, lay, put, tint, type Tint } from '../texture/materials.ts';
import { hash, noise } from '../texture/noise.ts';

/** The design of a wall with windows; lengths in metres. */
export interface Facade {
  readonly wall: Tint;
  readonly trim: Tint;
  /** From one window to the next. */
  readonly bay: number;
  readonly storey: number;
  readonly window: readonly [width: number, height: number];
  readonly hasShop: boolean;
  readonly shop: Tint;
  readonly isBrick: boolean;
  /** Panes everywhere, without walls between. */
  readonly isGlazed: boolean;
  /** How dark it is outside, 0 … 1: some windows are lit then. */
  readonly darkness: number;
  readonly seed: number;
}

const walls: readonly Tint[] = [
  tint(150, 84, 66),
  tint(150, 84, 66),
  tint(170, 110, 84),
  tint(188, 170, 140),
  tint(214, 206, 190),
  tint(232, 228, 220),
  tint(168, 152, 128),
  tint(124, 114, 106),
  tint(196, 178, 122),
  tint(134, 90, 76),
  tint(150, 152, 156),
  tint(186, 150, 130),
];
const shops = [
  tint(30, 70, 60),
  tint(120, 30, 34),
  tint(36, 46, 90),
  tint(50, 50, 52),
  tint(176, 136, 56),
  tint(70, 110, 140),
];
const glass = tint(40, 48, 58);
const lamplight = tint(255, 206, 128);

/** Designs a wall of about some width, which whole windows fill. */
export function chooseFacade(random: Random, width: number, darkness: number): Facade {
  const wall = random.pick(walls);
  const lift = random.uniform(0.7, 1.1);
  const isLight = wall[1] > 0.4;
  const wished = random.uniform(2.2, 3.6);
  return {
    wall: [wall[0] * lift, wall[1] * lift, wall[2] * lift],
    trim: isLight && random.chance(0.5) ? tint(90, 90, 96) : tint(226, 222, 212),
    bay: width / Math.max(1, Math.round(width / wished)),
    storey: random.uniform(2.8, 3.5),
    window: [random.uniform(0.9, 1.6), random.uniform(1.2, 1.8)],
    hasShop: random.chance(0.42),
    shop: random.pick(shops),
    isBrick: random.chance(0.6),
    isGlazed: random.chance(0.12),
    darkness,
    seed: random.integer(1 << 30),
  };
}

/** The wall itself: bricks or plaster, dirt, ledges between storeys. */
function paintWall(
  { wall, trim, isBrick, seed, storey }: Facade,
  u: number,
  v: number,
  size: number,
  out: Texel,
): void {
  const streaks = 0.12 * (noise(u * 1.7, v * 0.25, seed + 1) - 0.5);
  put(out, wall, 1 + 0.24 * (noise(u * 0.4, v * 0.4, seed) - 0.5) + streaks - 0.16 * Math.max(0, 1 - v));
  if (isBrick && size < 0.2) {
    const course = Math.floor(v / 0.09);
    lay(out, trim, 0.14 * hash(Math.floor(u / 0.24 + course * 0.5), course, seed) * (1 - size * 5));
  }
  if (v > storey * 0.5) lay(out, trim, 0.75 * band(v - Math.floor(v / storey) * storey, 0, 0.13, size));
}

/** A pane: the room behind, curtains, light in the evening, the sky in it. */
function paintPane(
  { trim, darkness, seed }: Facade,
  cell: readonly [number, number],
  cover: number,
  height: number,
  out: Texel,
): void {
  const [column, row] = cell;
  const shade = 0.6 + 0.8 * hash(column, row, seed + 3);
  lay(out, glass, cover, shade);
  const curtain = hash(column, row, seed + 8);
  if (curtain > 0.55) lay(out, trim, cover * 0.55 * (height > 1.1 - curtain * 0.8 ? 1 : 0));
  out.gloss = cover * 0.5;
  if (darkness < 0.1 || hash(column, row, seed + 9) > 0.15 + 0.4 * darkness) return;
  lay(out, lamplight, cover);
  out.glow = cover * darkness * (0.35 + 0.9 * hash(column, row, seed + 10));
  out.gloss *= 0.3;
}

function paintShop(facade: Facade, u: number, v: number, size: number, out: Texel): void {
  const { bay, storey, shop, trim, seed } = facade;
  const column = Math.floor(u / bay);
  const x = u - column * bay;
  put(out, shop, 0.85 + 0.15 * band(v, storey * 0.78, storey, size));
  const letters = band(v, storey * 0.84, storey * 0.94, size) * (hash(Math.floor(u * 5), 0, seed) > 0.35 ? 1 : 0);
  lay(out, trim, letters * 0.7 * band(x, bay * 0.15, bay * 0.85, size));
  const pane = band(x, bay * 0.07, bay * 0.93, size) * band(v, 0.4, storey * 0.76, size);
  if (pane <= 0) return;
  paintPane(facade, [column, 0], pane * (1 - band(x - bay / 2, -0.04, 0.04, size)), v / (storey * 0.76), out);
  const goods = noise(u * 2.2, v * 1.6, seed + 14);
  if (goods > 0.55 && v < storey * 0.6) lay(out, noise(u, v, seed + 15) > 0.5 ? trim : shop, pane * 0.45);
}

function paintWindow(facade: Facade, u: number, v: number, size: number, out: Texel): void {
  const { bay, storey, window, trim, shop, seed, isGlazed } = facade;
  const column = Math.floor(u / bay);
  const row = Math.floor(v / storey);
  const x = u - column * bay;
  const y = v - row * storey;
  const isDoor = row === 0 && !isGlazed && hash(column, 1, seed + 5) < 0.34;
  const wide = isDoor ? 1 : isGlazed ? bay * 0.92 : Math.min(window[0], bay * 0.8);
  const high = isDoor ? 2.1 : isGlazed ? storey * 0.74 : window[1];
  const low = isDoor ? 0.1 : (storey - high) * 0.55;
  const left = (bay - wide) / 2;
  const rim = isGlazed ? 0.04 : 0.1;
  lay(out, trim, band(x, left - rim, bay - left + rim, size) * band(y, low - rim * 1.3, low + high + rim, size));
  const pane = band(x, left, bay - left, size) * band(y, low, low + high, size);
  if (pane <= 0) return;
  if (isDoor) return lay(out, shop, pane);
  const lintel = isGlazed ? 0 : 0.55 * band(y, low + high - 0.14, low + high, size);
  const bars = Math.max(band(x - bay / 2, -0.035, 0.035, size), band(y - low - high / 2, -0.035, 0.035, size));
  paintPane(facade, [column, row], pane * (1 - bars), (y - low) / high, out);
  lay(out, [0.01, 0.01, 0.012], pane * lintel);
}

/** A wall with rows of windows, `u` metres along it and `v` metres up. */
export const facadeMaterial =
  (facade: Facade): Material =>
  (u, v, size, out) => {
    paintWall(facade, u, v, size, out);
    if (facade.hasShop && v < facade.storey) paintShop(facade, u, v, size, out);
    else paintWindow(facade, u, v, size, out);
  };

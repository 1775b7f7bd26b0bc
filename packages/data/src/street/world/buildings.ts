import type { Random } from '@atrous/core';
import * as classes from '../classes.ts';
import type { Frame } from '../geometry/frame.ts';
import type { Material, Paint } from '../render/shape.ts';
import { addBox, addFace, addPrism, type Stage } from '../render/stage.ts';
import { band, lay, plain, put, stained, tint, type Tint } from '../texture/materials.ts';
import { hash, noise } from '../texture/noise.ts';

/** A building's measures in metres. */
export interface BuildingSize {
  /** Along the street. */
  readonly width: number;
  readonly depth: number;
  readonly storeys: number;
}

interface Facade {
  readonly wall: Tint;
  readonly trim: Tint;
  readonly bay: number;
  readonly storey: number;
  readonly window: readonly [width: number, height: number];
  readonly hasShop: boolean;
  readonly shop: Tint;
  readonly isBrick: boolean;
  readonly darkness: number;
  readonly seed: number;
}

const walls: readonly Tint[] = [
  tint(150, 84, 66),
  tint(170, 110, 84),
  tint(196, 178, 146),
  tint(222, 214, 198),
  tint(236, 232, 224),
  tint(176, 158, 132),
  tint(128, 116, 106),
  tint(206, 186, 120),
  tint(140, 92, 76),
];
const glass = tint(52, 62, 74);
const lamplight = tint(255, 214, 140);

/** A wall with rows of windows, `u` metres along it and `v` metres up. */
function facadeMaterial(facade: Facade): Material {
  const { wall, trim, bay, storey, window, hasShop, shop, isBrick, darkness, seed } = facade;
  return (u, v, size, out) => {
    const column = Math.floor(u / bay);
    const row = Math.floor(v / storey);
    const x = u - column * bay;
    const y = v - row * storey;
    const dirt = 1 + 0.22 * (noise(u * 0.4, v * 0.4, seed) - 0.5) - 0.12 * Math.max(0, 1 - v);
    put(out, wall, dirt);
    if (isBrick && size < 0.2) {
      const shift = Math.floor(v / 0.09);
      lay(out, trim, 0.12 * hash(Math.floor(u / 0.24 + shift * 0.5), shift, seed) * (1 - size * 5));
    }
    lay(out, trim, 0.8 * band(y, 0, 0.12, size) * (row > 0 ? 1 : 0));
    const isGround = row === 0;
    const isShop = isGround && hasShop;
    const w = isShop ? bay * 0.82 : window[0];
    const h = isShop ? storey * 0.66 : window[1];
    const isDoor = isGround && !hasShop && hash(column, 1, seed + 5) < 0.34;
    const low = isDoor ? 0.1 : isShop ? 0.35 : (storey - h) * 0.55;
    const high = isDoor ? 2.2 : low + h;
    const left = (bay - (isDoor ? 1 : w)) / 2;
    const right = bay - left;
    if (isShop) {
      put(out, shop, dirt);
      lay(
        out,
        trim,
        band(y, storey * 0.82, storey * 0.97, size) * band(hash(Math.floor(u * 3), 0, seed), 0.3, 1, 0.01) * 0.6,
      );
    }
    const frame = band(x, left - 0.1, right + 0.1, size) * band(y, low - 0.12, high + 0.1, size);
    lay(out, trim, frame);
    const pane = band(x, left, right, size) * band(y, low, high, size);
    if (pane <= 0) return;
    if (isDoor) return lay(out, shop, pane);
    const bars = Math.max(
      band(x - bay / 2, -0.035, 0.035, size),
      isShop ? 0 : band(y - (low + high) / 2, -0.035, 0.035, size),
    );
    const view = pane * (1 - bars);
    const isLit = hash(column, row, seed + 9) < 0.2 + 0.5 * darkness;
    const curtain = hash(column, row, seed + 8) > 0.6 ? 0.45 : 0;
    lay(out, glass, view);
    lay(out, trim, view * curtain * band(y, low + h * 0.4, high, size));
    out.gloss = view * 0.34;
    if (isLit && darkness > 0.1) {
      lay(out, lamplight, view);
      out.glow = view * darkness * (isShop ? 1.6 : 1.1) * (0.6 + 0.6 * noise(u * 2, v * 2, seed));
      out.gloss *= 0.3;
    }
  };
}

function chooseFacade(random: Random, darkness: number): Facade {
  const wall = random.pick(walls);
  const lift = random.uniform(0.75, 1.15);
  const isLight = wall[1] > 0.4;
  return {
    wall: [wall[0] * lift, wall[1] * lift, wall[2] * lift],
    trim: isLight && random.chance(0.5) ? tint(90, 90, 96) : tint(232, 228, 220),
    bay: random.uniform(2.2, 3.6),
    storey: random.uniform(2.8, 3.5),
    window: [random.uniform(0.9, 1.6), random.uniform(1.2, 1.8)],
    hasShop: random.chance(0.4),
    shop: random.pick([tint(30, 70, 60), tint(120, 30, 34), tint(36, 46, 90), tint(60, 60, 62), tint(180, 140, 60)]),
    isBrick: random.chance(0.6),
    darkness,
    seed: random.integer(1 << 30),
  };
}

/** Adds a building; the frame stands in the middle of the foot of its front and looks along the street, `side` is where the street is not. */
export function addBuilding(
  stage: Stage,
  frame: Frame,
  { width, depth, storeys }: BuildingSize,
  options: { readonly side: 1 | -1; readonly darkness: number; readonly random: Random },
): void {
  const { side, darkness, random } = options;
  const facade = chooseFacade(random, darkness);
  const wall: Paint = { label: classes.building, material: facadeMaterial(facade) };
  const height = storeys * facade.storey + 0.4;
  const [x0, x1] = side > 0 ? [0, depth] : [-depth, 0];
  const z0 = -width / 2;
  const z1 = width / 2;
  const tile = random.pick([tint(120, 66, 50), tint(84, 84, 90), tint(96, 76, 66), tint(70, 66, 66)]);
  const roof: Paint = { label: classes.building, material: stained(tile, 0.3, 0.4, facade.seed) };
  const trim: Paint = { label: classes.building, material: plain(facade.trim) };
  addBox(stage, frame, [x0, 0, z0], [x1, height, z1], { front: wall, back: wall, sides: wall });
  if (random.chance(0.55)) {
    const middle = (x0 + x1) / 2;
    const top = height + Math.min(depth * 0.4, 4);
    const eave = 0.35;
    addPrism(
      stage,
      frame,
      { low: [x0 - eave, x1 + eave, z0, z1], high: [middle - 0.05, middle + 0.05, z0, z1], from: height, to: top },
      { sides: roof },
    );
    for (const z of [z0, z1])
      addFace(
        stage,
        frame,
        z === z0
          ? [
              [x0, height, z],
              [x1, height, z],
              [middle, top, z],
            ]
          : [
              [x1, height, z],
              [x0, height, z],
              [middle, top, z],
            ],
        wall,
      );
    const at = z0 + random.uniform(0.1, 0.9) * (width - 0.8);
    const chimney: Paint = { label: classes.building, material: stained(facade.wall, 0.3, 0.2, 3) };
    addBox(stage, frame, [middle - 0.4, top - 1, at], [middle + 0.4, top + 1, at + 0.8], {
      front: chimney,
      back: chimney,
      sides: chimney,
    });
  } else {
    addBox(stage, frame, [x0 - 0.2, height, z0], [x1 + 0.2, height + 0.5, z1], {
      front: trim,
      back: trim,
      sides: trim,
    });
  }
}

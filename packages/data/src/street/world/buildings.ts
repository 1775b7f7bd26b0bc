import type { Random } from '@atrous/core';
import * as classes from '../classes.ts';
import type { Frame } from '../geometry/frame.ts';
import type { Vec3 } from '../geometry/vec3.ts';
import type { Material, Paint } from '../render/shape.ts';
import { addBox, addFace, addPrism, type Stage } from '../render/stage.ts';
import { plain, put, stained, tint } from '../texture/materials.ts';
import { chooseFacade, facadeMaterial, type Facade } from './facade.ts';

/** A building's measures in metres. */
export interface BuildingSize {
  /** Along the street. */
  readonly width: number;
  readonly depth: number;
  readonly storeys: number;
}

/** Extents of a building around its frame. */
interface Block {
  readonly x0: number;
  readonly x1: number;
  readonly z0: number;
  readonly z1: number;
  readonly height: number;
}

const paintOf = (material: Material): Paint => ({ label: classes.building, material });
const tiles = [tint(120, 66, 50), tint(84, 84, 90), tint(96, 76, 66), tint(70, 66, 66)];

/** Adds a gabled roof with a chimney and perhaps dormers over the street. */
function addGable(
  stage: Stage,
  frame: Frame,
  block: Block,
  wall: Paint,
  facade: Facade,
  random: Random,
  side: 1 | -1,
): void {
  const { x0, x1, z0, z1, height } = block;
  const roof = paintOf(stained(random.pick(tiles), 0.35, 0.35, facade.seed));
  const middle = (x0 + x1) / 2;
  const top = height + Math.min((x1 - x0) * 0.4, 4);
  const low = [x0 - 0.35, x1 + 0.35, z0, z1] as const;
  addPrism(stage, frame, { low, high: [middle - 0.05, middle + 0.05, z0, z1], from: height, to: top }, { sides: roof });
  const gable = (z: number): readonly Vec3[] => [
    [x0, height, z],
    [x1, height, z],
    [middle, top, z],
  ];
  addFace(stage, frame, gable(z0), wall);
  addFace(stage, frame, [gable(z1)[1]!, gable(z1)[0]!, gable(z1)[2]!], wall);
  const at = z0 + random.uniform(0.1, 0.9) * (z1 - z0 - 0.8);
  const stack = paintOf(stained(facade.wall, 0.3, 0.2, 3));
  const chimney = { front: stack, back: stack, sides: stack };
  addBox(stage, frame, [middle - 0.4, top - 1, at], [middle + 0.4, top + 1, at + 0.8], chimney);
  if (!random.chance(0.35)) return;
  const front = side > 0 ? x0 + 0.5 : x1 - 0.5;
  const cheek = paintOf(plain(facade.trim));
  const pane = paintOf((_u, _v, _size, out) => {
    put(out, tint(40, 48, 58));
    out.gloss = 0.4;
  });
  for (let z = z0 + 1.5; z + 1.5 < z1; z += 3.4) {
    const [a, b] = side > 0 ? [front, front + 2] : [front - 2, front];
    addBox(stage, frame, [a, height + 0.1, z], [b, height + 1.5, z + 1.4], {
      front: cheek,
      back: cheek,
      sides: cheek,
      top: roof,
    });
    const x = front - side * 0.02;
    const [u, v] = side > 0 ? [z + 1.2, z + 0.2] : [z + 0.2, z + 1.2];
    addFace(
      stage,
      frame,
      [
        [x, height + 0.4, u],
        [x, height + 0.4, v],
        [x, height + 1.3, v],
        [x, height + 1.3, u],
      ],
      pane,
    );
  }
}

/** Adds awnings or balconies to the side towards the street. */
function addRelief(
  stage: Stage,
  frame: Frame,
  { x0, x1, z0, z1 }: Block,
  facade: Facade,
  random: Random,
  side: 1 | -1,
): void {
  const front = side > 0 ? x0 : x1;
  const { storey, bay, hasShop } = facade;
  if (hasShop && random.chance(0.5)) {
    const colors = [facade.shop, facade.trim];
    const cloth = paintOf((u, _v, _size, out) => put(out, colors[Math.abs(Math.floor(u / 0.5)) % 2]!));
    const out = front - side * 1.1;
    const [near, far] = side > 0 ? [z1 - 0.4, z0 + 0.4] : [z0 + 0.4, z1 - 0.4];
    addFace(
      stage,
      frame,
      [
        [out, storey * 0.72, near],
        [out, storey * 0.72, far],
        [front, storey * 0.9, far],
        [front, storey * 0.9, near],
      ],
      cloth,
    );
    addFace(
      stage,
      frame,
      [
        [out, storey * 0.64, near],
        [out, storey * 0.64, far],
        [out, storey * 0.72, far],
        [out, storey * 0.72, near],
      ],
      cloth,
    );
  } else if (random.chance(0.22)) {
    const slab = paintOf(plain(facade.trim));
    const rail = paintOf(plain(tint(70, 72, 76)));
    for (let z = z0 + bay; z + bay < z1; z += 2 * bay)
      for (const row of [1, 2]) {
        const [a, b] = side > 0 ? [front - 1, front] : [front, front + 1];
        const y = row * storey;
        addBox(stage, frame, [a, y, z], [b, y + 0.16, z + bay], { front: slab, back: slab, sides: slab, bottom: slab });
        addBox(stage, frame, [a, y + 0.16, z], [b, y + 0.95, z + bay], { front: rail, back: rail, sides: rail });
      }
  }
}

/** Adds a building; the frame stands in the middle of the foot of its front and looks along the street, `side` is where the street is not. */
export function addBuilding(
  stage: Stage,
  frame: Frame,
  { width, depth, storeys }: BuildingSize,
  options: { readonly side: 1 | -1; readonly darkness: number; readonly random: Random },
): void {
  const { side, darkness, random } = options;
  const facade = chooseFacade(random, width, darkness);
  const wall = paintOf(facadeMaterial(facade));
  const height = storeys * facade.storey + 0.4;
  const deep = facade.bay * Math.max(2, Math.round(depth / facade.bay));
  const [x0, x1] = side > 0 ? [0, deep] : [-deep, 0];
  const block: Block = { x0, x1, z0: -width / 2, z1: width / 2, height };
  addBox(stage, frame, [x0, 0, block.z0], [x1, height, block.z1], { front: wall, back: wall, sides: wall });
  addRelief(stage, frame, block, facade, random, side);
  if (!facade.isGlazed && random.chance(0.6)) return addGable(stage, frame, block, wall, facade, random, side);
  const trim = paintOf(plain(facade.trim, 0));
  const cornice = { front: trim, back: trim, sides: trim, bottom: trim };
  addBox(stage, frame, [x0 - 0.3, height, block.z0], [x1 + 0.3, height + 0.45, block.z1], cornice);
}

import type { Random } from '@atrous/core';
import type { Brush } from '../render/stage.ts';
import { chooseFacade, facadeMaterial } from './facade.ts';
import { addAwning, addBalconies } from './house-fronts.ts';
import { houseOf, type House } from './house.ts';
import { addFlatRoof, addGabledRoof } from './roofs.ts';

/** What sort of building it is; lengths in metres. */
export interface BuildingOptions {
  /** Along the street. */
  readonly width: number;
  readonly depth: number;
  readonly storeys: number;
  /** On which side of the street it stands: 1 right, −1 left. */
  readonly side: 1 | -1;
  /** How dark it is outside, 0 … 1. */
  readonly darkness: number;
}

/** Adds a building; the brush is in the middle of the foot of its front and looks along the street. */
export function addBuilding(brush: Brush, random: Random, options: BuildingOptions): void {
  const { width, depth, storeys, side, darkness } = options;
  const facade = chooseFacade(random, width, darkness);
  const wall = houseOf(facadeMaterial(facade));
  const height = storeys * facade.storey + 0.4;
  const deep = facade.bay * Math.max(2, Math.round(depth / facade.bay));
  const [x0, x1] = side > 0 ? [0, deep] : [-deep, 0];
  const house: House = { brush, x0, x1, z0: -width / 2, z1: width / 2, height, facade, wall, side, random };
  brush.box([x0, 0, house.z0], [x1, height, house.z1], { front: wall, back: wall, sides: wall });
  if (facade.hasShop && random.chance(0.5)) addAwning(house);
  else if (random.chance(0.22)) addBalconies(house);
  if (!facade.isGlazed && random.chance(0.6)) addGabledRoof(house);
  else addFlatRoof(house);
}

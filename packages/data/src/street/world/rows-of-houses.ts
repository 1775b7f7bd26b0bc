import type { Random } from '@atrous/core';
import type { Brush } from '../render/stage.ts';
import { addBuilding } from './buildings.ts';
import { brushOn, isInCrossing, sides, type Population } from './population.ts';
import { buildingLine } from './street-plan.ts';
import { addTree, addWood } from './trees.ts';

const storeysOf = (random: Random): number => random.pick([2, 2, 3, 3, 3, 4, 5]);

/** Adds the houses, or the park, of one side of a street. */
function addRow(population: Population, side: 1 | -1): void {
  const { plan, darkness, random } = population;
  const isPark = random.chance(0.2);
  const line = side * buildingLine(plan, side);
  let along = -8;
  while (along < plan.length) {
    const width = isPark ? random.uniform(5, 8) : random.uniform(6, 16);
    const middle = along + width / 2;
    const gap = random.chance(0.3) ? random.uniform(1.5, 7) : 0;
    along += width + gap;
    if (isInCrossing(plan, middle, width / 2 + 2.5)) continue;
    const brush = brushOn(population, middle, line);
    if (isPark && random.chance(0.85)) addTree(brush.at([side * random.uniform(0.5, 6), 0, 0]), random);
    else {
      const depth = random.uniform(8, 14);
      addBuilding(brush, random, { width, depth, storeys: storeysOf(random), side, darkness });
    }
    if (gap > 3 && random.chance(0.7))
      addTree(brushOn(population, along - gap / 2, line + side * random.uniform(2, 5)), random);
  }
}

/** Adds a house or a tree that closes a view; the brush looks towards the camera. */
function addEnd({ darkness, random }: Population, brush: Brush, width: number): void {
  if (random.chance(0.7))
    addBuilding(brush, random, { width, depth: 10, storeys: storeysOf(random), side: -1, darkness });
  else addTree(brush, random);
}

/** Adds what stands along the side street, as far as one sees it from the main one. */
function addSideStreet(population: Population): void {
  const { plan, random } = population;
  if (plan.crossing === undefined) return;
  const { at, half } = plan.crossing;
  for (const side of sides)
    for (let lateral = buildingLine(plan, side) + 18; lateral < 75; lateral += random.uniform(10, 14))
      addEnd(population, brushOn(population, at, 0).at([side * lateral, 0, half + 3.5], 90), 11);
}

/** Adds all houses of a street, what closes its end, and woods on the horizon. */
export function addHouses(population: Population): void {
  const { plan, random } = population;
  for (const side of sides) addRow(population, side);
  addSideStreet(population);
  const end = brushOn(population, plan.length + 4, 0);
  for (let x = -40; x < 40; x += 12) addEnd(population, end.at([x, 0, 0], 90), 12);
  addWood(brushOn(population, plan.length, 0).at([0, 0, 45]), random);
}

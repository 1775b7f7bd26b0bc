import { frameIn, type Frame } from '../geometry/frame.ts';
import type { Random } from '@atrous/core';
import { addBuilding } from './buildings.ts';
import { isInCrossing, sides, type Population } from './population.ts';
import { buildingLine, placeOn } from './street-plan.ts';
import { addTree, addWood } from './trees.ts';

const storeysOf = (random: Random): number => random.pick([2, 2, 3, 3, 3, 4, 5]);

/** Adds the houses, or the park, of one side of a street. */
function addRow({ stage, plan, darkness, random }: Population, side: 1 | -1): void {
  const isPark = random.chance(0.2);
  const line = side * buildingLine(plan, side);
  let along = -8;
  while (along < plan.length) {
    const width = isPark ? random.uniform(5, 8) : random.uniform(6, 16);
    const middle = along + width / 2;
    const gap = random.chance(0.3) ? random.uniform(1.5, 7) : 0;
    along += width + gap;
    if (isInCrossing(plan, middle, width / 2 + 2.5)) continue;
    const frame = placeOn(plan, middle, line);
    if (isPark && random.chance(0.85)) addTree(stage, frameIn(frame, [side * random.uniform(0.5, 6), 0, 0]), random);
    else
      addBuilding(
        stage,
        frame,
        { width, depth: random.uniform(8, 14), storeys: storeysOf(random) },
        { side, darkness, random },
      );
    if (gap > 3 && random.chance(0.7))
      addTree(stage, placeOn(plan, along - gap / 2, line + side * random.uniform(2, 5)), random);
  }
}

/** Adds a house or a tree that closes a view; the frame looks towards the camera. */
function addEnd({ stage, darkness, random }: Population, frame: Frame, width: number): void {
  if (random.chance(0.7))
    addBuilding(stage, frame, { width, depth: 10, storeys: storeysOf(random) }, { side: -1, darkness, random });
  else addTree(stage, frame, random);
}

/** Adds what stands along the side street, as far as one sees it from the main one. */
function addSideStreet(population: Population): void {
  const { plan, random } = population;
  if (plan.crossing === undefined) return;
  const { at, half } = plan.crossing;
  for (const side of sides)
    for (let lateral = buildingLine(plan, side) + 18; lateral < 75; lateral += random.uniform(10, 14))
      addEnd(population, frameIn(placeOn(plan, at, 0), [side * lateral, 0, half + 3.5], 90), 11);
}

/** Adds all houses of a street, what closes its end, and woods on the horizon. */
export function addHouses(population: Population): void {
  const { stage, plan, random } = population;
  for (const side of sides) addRow(population, side);
  addSideStreet(population);
  const end = placeOn(plan, plan.length + 4, 0);
  for (let x = -40; x < 40; x += 12) addEnd(population, frameIn(end, [x, 0, 0], 90), 12);
  addWood(stage, frameIn(placeOn(plan, plan.length, 0), [0, 0, 45]), random);
}

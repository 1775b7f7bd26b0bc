import type { Brush } from '../render/stage.ts';
import { addFence, chooseFence } from './fences.ts';
import { addBin, addBollard, addLampPost } from './posts.ts';
import { brushOn, isInCrossing, kerbHeight, sides, type Population } from './population.ts';
import { addSign, addTrafficLight } from './signs.ts';
import { buildingLine } from './street-plan.ts';
import { addHedge, addTree } from './trees.ts';

/** Adds posts, signs, traffic lights, trees and bins along the kerb of one side. */
function addKerbThings(population: Population, side: 1 | -1): void {
  const { plan, lamps, random, take } = population;
  const kerb = side * (plan.halfRoad + 0.55);
  const at = (along: number, lateral = kerb): Brush => brushOn(population, along, lateral, kerbHeight);
  const isFree = (along: number, margin: number, reach: number): boolean =>
    !isInCrossing(plan, along, margin) && take(along, kerb, reach);
  const lampGap = random.uniform(12, 20);
  for (let along = random.uniform(6, 12); along < 36; along += lampGap)
    if (isFree(along, 2, 0.4)) addLampPost(at(along), { side, random, lamps });
  for (let along = random.uniform(6, 10); along < 32; along += random.uniform(6, 14)) {
    if (!isFree(along, 1, 0.4)) continue;
    if (random.chance(0.35)) addTrafficLight(at(along), random);
    else addSign(at(along).at([0, 0, 0], random.uniform(-14, 14)), random);
  }
  if (random.chance(0.5))
    for (let along = random.uniform(7, 14); along < 80; along += random.uniform(7, 12))
      if (!isInCrossing(plan, along, 3) && take(along, kerb + side * 0.4, 0.6))
        addTree(at(along, kerb + side * 0.4), random);
  if (random.chance(0.35))
    for (let along = random.uniform(4, 8), i = 0; i < 7; along += 1.7, i++)
      if (isFree(along, 1, 0.2)) addBollard(at(along), random);
  if (random.chance(0.4)) {
    const along = random.uniform(6, 16);
    if (take(along, kerb + side * 0.5, 0.4)) addBin(at(along, kerb + side * 0.5), random);
  }
}

/** Adds a fence or hedge to one side: at the kerb or where the houses' ground begins. */
function addBarrier(population: Population, side: 1 | -1): void {
  const { plan, random } = population;
  const isAtKerb = random.chance(0.35);
  if (!isAtKerb && !random.chance(0.85)) return;
  const lateral = side * (isAtKerb ? plan.halfRoad + 0.3 : buildingLine(plan, side) - 0.25);
  const isHedge = !isAtKerb && random.chance(0.2);
  const from = random.uniform(2, 9);
  const length = random.uniform(14, 44);
  const kind = chooseFence(random, isAtKerb);
  for (let along = from; along < from + length; along += 4) {
    if (isInCrossing(plan, along, 4)) continue;
    const brush = brushOn(population, along, lateral, kerbHeight);
    if (isHedge) addHedge(brush, 4, random);
    else addFence(brush, 4, kind);
  }
}

/** Adds everything that stands on the pavements. */
export function addPavementThings(population: Population): void {
  for (const side of sides) addKerbThings(population, side);
  for (const side of sides) addBarrier(population, side);
}

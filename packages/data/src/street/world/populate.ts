import type { Random } from '@atrous/core';
import { frameIn, type Frame } from '../geometry/frame.ts';
import type { Lamp } from '../render/light.ts';
import type { Stage } from '../render/stage.ts';
import { addBuilding } from './buildings.ts';
import { addBin, addBollard, addFence, addLampPost, addSign, addTrafficLight } from './furniture.ts';
import { addBicyclist, addPedestrian } from './people.ts';
import { buildingLine, placeOn, type StreetPlan } from './street-plan.ts';
import { addHedge, addTree } from './trees.ts';
import { addCar } from './vehicles.ts';

/** What a street is filled with, and how. */
export interface Population {
  readonly stage: Stage;
  readonly plan: StreetPlan;
  readonly lamps: Lamp[];
  readonly darkness: number;
  readonly random: Random;
  readonly cameraLateral: number;
}

const sides = [-1, 1] as const;
const step = 0.13;

const isInCrossing = ({ crossing }: StreetPlan, along: number, margin: number): boolean =>
  crossing !== undefined && Math.abs(along - crossing.at) < crossing.half + margin;

function addBuildings({ stage, plan, darkness, random }: Population): void {
  for (const side of sides) {
    const isPark = random.chance(0.16);
    let along = -8;
    while (along < plan.length) {
      const width = random.uniform(6, 16);
      const middle = along + width / 2;
      along += width + (random.chance(0.25) ? random.uniform(1, 6) : 0);
      if (isInCrossing(plan, middle, width / 2 + 2.5)) continue;
      const frame = placeOn(plan, middle, side * buildingLine(plan, side), 0);
      if (isPark && random.chance(0.8)) {
        addTree(stage, frameIn(frame, [side * random.uniform(1, 6), 0, 0]), random);
        continue;
      }
      addBuilding(
        stage,
        frame,
        { width, depth: random.uniform(8, 14), storeys: random.pick([2, 2, 3, 3, 4, 5]) },
        { side, darkness, random },
      );
    }
  }
  const end = placeOn(plan, plan.length + 4, 0);
  for (let x = -40; x < 40; x += 12) {
    const frame = frameIn(end, [x, 0, 0], 90);
    if (random.chance(0.6))
      addBuilding(
        stage,
        frame,
        { width: 12, depth: 10, storeys: 2 + random.integer(3) },
        { side: -1, darkness, random },
      );
    else addTree(stage, frame, random);
  }
}

/** Places of things that stand on a pavement, so that nothing stands in another. */
function createPlaces(): (along: number, lateral: number, reach: number) => boolean {
  const taken: (readonly [number, number, number])[] = [];
  return (along, lateral, reach) => {
    for (const [a, l, r] of taken) {
      const [da, dl, both] = [a - along, l - lateral, r + reach];
      if (da * da + dl * dl < both * both) return false;
    }
    taken.push([along, lateral, reach]);
    return true;
  };
}

type Place = ReturnType<typeof createPlaces>;

function addTraffic({ stage, plan, lamps, darkness, random, cameraLateral }: Population, take: Place): void {
  const { halfRoad, lanes, driveSide } = plan;
  const lane = (2 * halfRoad) / lanes;
  for (let i = 0; i < lanes; i++) {
    const lateral = -halfRoad + (i + 0.5) * lane;
    const isOwn = Math.abs(lateral - cameraLateral) < lane * 0.6;
    let along = isOwn ? random.uniform(9, 26) : random.uniform(4, 16);
    for (; along < 70; along += random.uniform(7, 30)) {
      if (!random.chance(0.6) || !take(along, lateral, 2.6)) continue;
      const isAgainst = lateral * driveSide < 0;
      addCar(
        stage,
        frameIn(placeOn(plan, along, lateral), [random.uniform(-0.25, 0.25), 0, 0], isAgainst ? 180 : 0),
        random,
        darkness,
        lamps,
      );
    }
  }
}

function addParkedCars({ stage, plan, random }: Population, take: Place): void {
  for (const side of sides) {
    if (!random.chance(0.45)) continue;
    for (let along = 5; along < 60; along += random.uniform(5.4, 8)) {
      const lateral = side * (plan.halfRoad - 1.05);
      if (isInCrossing(plan, along, 5) || !random.chance(0.7) || !take(along, lateral, 2.5)) continue;
      addCar(
        stage,
        frameIn(placeOn(plan, along, lateral), [0, 0, 0], side === plan.driveSide ? 0 : 180),
        random,
        0,
        [],
      );
    }
  }
}

function addCyclists({ stage, plan, random, cameraLateral }: Population, take: Place): void {
  const count = 1 + random.integer(3);
  for (let i = 0; i < count * 4 && i < 9; i++) {
    const side = random.pick(sides);
    const along = random.uniform(5, i < 4 ? 14 : 26);
    const lateral = side * (plan.halfRoad - random.uniform(0.6, 2.4));
    if (Math.abs(lateral - cameraLateral) < 0.9 && along < 8) continue;
    if (!take(along, lateral, 0.8)) continue;
    const isCrossing = random.chance(0.2);
    const heading = isCrossing ? 90 * random.pick(sides) : side === plan.driveSide ? 0 : 180;
    addBicyclist(stage, frameIn(placeOn(plan, along, lateral), [0, 0, 0], heading + random.uniform(-12, 12)), random);
  }
}

function addPeople({ stage, plan, random }: Population, take: Place): void {
  const count = 4 + random.integer(9);
  for (let i = 0; i < count; i++) {
    const side = random.pick(sides);
    const isNear = i < 4;
    const isOnZebra = plan.zebra !== undefined && random.chance(0.3);
    const along = isOnZebra ? plan.zebra + random.uniform(-1.2, 1.2) : random.uniform(5, isNear ? 15 : 34);
    const width = plan.pavements[side < 0 ? 0 : 1];
    const lateral = isOnZebra
      ? random.uniform(-plan.halfRoad, plan.halfRoad)
      : side * (plan.halfRoad + random.uniform(0.7, width));
    if (!isOnZebra && isInCrossing(plan, along, 2)) continue;
    if (!take(along, lateral, 0.5)) continue;
    const heading = isOnZebra ? random.pick([90, -90]) : random.pick([0, 180, 180, 90, -90]) + random.uniform(-20, 20);
    addPedestrian(stage, frameIn(placeOn(plan, along, lateral, isOnZebra ? 0 : step), [0, 0, 0], heading), random);
  }
}

function addFurniture({ stage, plan, lamps, random }: Population, take: Place): void {
  const at = (along: number, lateral: number): Frame => placeOn(plan, along, lateral, step);
  for (const side of sides) {
    const kerb = side * (plan.halfRoad + 0.55);
    const hasTrees = random.chance(0.45);
    const lampGap = random.uniform(13, 22);
    for (let along = random.uniform(6, 13); along < 75; along += lampGap)
      if (!isInCrossing(plan, along, 2) && take(along, kerb, 0.4))
        addLampPost(stage, at(along, kerb), side, random, lamps);
    for (let along = random.uniform(6, 11); along < 60; along += random.uniform(8, 18))
      if (!isInCrossing(plan, along, 1) && take(along, kerb, 0.4)) {
        if (random.chance(0.3)) addTrafficLight(stage, at(along, kerb), random);
        else addSign(stage, frameIn(at(along, kerb), [0, 0, 0], random.uniform(-12, 12)), random);
      }
    if (hasTrees)
      for (let along = random.uniform(7, 14); along < 80; along += random.uniform(7, 12))
        if (!isInCrossing(plan, along, 3) && take(along, kerb + side * 0.4, 0.6))
          addTree(stage, at(along, kerb + side * 0.4), random);
    if (random.chance(0.4))
      for (let along = random.uniform(4, 8), i = 0; i < 7; along += 1.7, i++)
        if (!isInCrossing(plan, along, 1) && take(along, kerb, 0.2)) addBollard(stage, at(along, kerb), random);
    if (random.chance(0.4)) {
      const along = random.uniform(6, 16);
      if (take(along, kerb + side * 0.5, 0.4)) addBin(stage, at(along, kerb + side * 0.5), random);
    }
  }
}

function addBarriers({ stage, plan, random }: Population): void {
  for (const side of sides) {
    const isAtKerb = random.chance(0.3);
    if (!isAtKerb && !random.chance(0.6)) continue;
    const lateral = side * (isAtKerb ? plan.halfRoad + 0.3 : buildingLine(plan, side) - 0.25);
    const isHedge = !isAtKerb && random.chance(0.2);
    const from = random.uniform(2, 8);
    const length = random.uniform(12, 40);
    for (let along = from; along < from + length; along += 4) {
      if (isInCrossing(plan, along, 4)) continue;
      const frame = placeOn(plan, along, lateral, step);
      if (isHedge) addHedge(stage, frame, 4, random);
      else addFence(stage, frame, 4, createFenceRandom(random));
    }
  }
}

const createFenceRandom = (random: Random): Random => random;

/** Fills a street with everything that stands, drives and walks there. */
export function populate(population: Population): void {
  const take = createPlaces();
  take(0, population.cameraLateral, 3.5);
  addBuildings(population);
  addParkedCars(population, take);
  addCyclists(population, take);
  addTraffic(population, take);
  addFurniture(population, take);
  addPeople(population, take);
  addBarriers(population);
}

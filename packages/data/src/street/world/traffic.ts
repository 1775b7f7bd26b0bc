import type { Vec3 } from '../geometry/vec3.ts';
import { addBicyclist } from './bicyclists.ts';
import { addCar } from './cars.ts';
import { addLorry } from './lorries.ts';
import { addPedestrian } from './people.ts';
import { brushOn, isInCrossing, kerbHeight, sides, type Population } from './population.ts';

/** Adds what drives along the lanes and across the side street. */
export function addTraffic(population: Population): void {
  const { plan, lamps, darkness, random, cameraLateral, take } = population;
  const { halfRoad, lanes, driveSide, crossing } = plan;
  const lane = (2 * halfRoad) / lanes;
  for (let i = 0; i < lanes; i++) {
    const lateral = -halfRoad + (i + 0.5) * lane;
    const isOwn = Math.abs(lateral - cameraLateral) < lane * 0.6;
    for (let along = random.uniform(isOwn ? 9 : 4, isOwn ? 24 : 14); along < 70; along += random.uniform(7, 26)) {
      const isLorry = random.chance(0.14) && along > 12;
      if (!random.chance(0.72) || !take(along, lateral, isLorry ? 4 : 2.6)) continue;
      const offset: Vec3 = [random.uniform(-0.25, 0.25), 0, 0];
      const brush = brushOn(population, along, lateral).at(offset, lateral * driveSide < 0 ? 180 : 0);
      if (isLorry) addLorry(brush, random);
      else addCar(brush, random, { darkness, lamps });
    }
  }
  if (crossing !== undefined && random.chance(0.6)) {
    const side = random.pick(sides);
    const brush = brushOn(
      population,
      crossing.at - side * plan.driveSide * crossing.half * 0.45,
      random.uniform(-9, 9),
    );
    addCar(brush.at([0, 0, 0], 90 * side), random, { darkness, lamps });
  }
}

/** Adds cars parked along the kerbs. */
export function addParkedCars(population: Population): void {
  const { plan, random, take } = population;
  for (const side of sides) {
    if (!random.chance(0.45)) continue;
    for (let along = 4 + random.uniform(0, 4); along < 60; along += random.uniform(5.4, 8)) {
      const lateral = side * (plan.halfRoad - 1.05);
      if (isInCrossing(plan, along, 5) || !random.chance(0.7) || !take(along, lateral, 2.5)) continue;
      const degrees = side === plan.driveSide ? 0 : 180;
      addCar(brushOn(population, along, lateral).at([0, 0, 0], degrees), random, { darkness: 0, lamps: [] });
    }
  }
}

/** Adds people on bicycles along the edges of the road. */
export function addBicyclists(population: Population): void {
  const { plan, random, cameraLateral, take } = population;
  const count = 2 + random.integer(4);
  for (let i = 0; i < count; i++) {
    const side = random.pick(sides);
    const along = random.uniform(5, i < 2 ? 11 : 20);
    const lateral = side * (plan.halfRoad - random.uniform(0.6, 2.4));
    if (Math.abs(lateral - cameraLateral) < 0.9 && along < 8) continue;
    if (!take(along, lateral, 0.8)) continue;
    const heading = random.chance(0.25) ? 90 * random.pick(sides) : side === plan.driveSide ? 0 : 180;
    addBicyclist(brushOn(population, along, lateral).at([0, 0, 0], heading + random.uniform(-15, 15)), random);
  }
}

/** Where someone is going to walk. */
interface Walk {
  readonly along: number;
  readonly lateral: number;
  /** Above the road. */
  readonly height: number;
  readonly degrees: number;
}

/** Someone who crosses the road: on the zebra if there is one near enough to be seen well. */
function walkAcross({ plan, random }: Population): Walk {
  const { zebra, halfRoad } = plan;
  const along = zebra !== undefined && zebra < 24 ? zebra + random.uniform(-1.2, 1.2) : random.uniform(8, 16);
  return { along, lateral: random.uniform(-halfRoad, halfRoad), height: 0, degrees: random.pick([90, -90]) };
}

/** Someone on a pavement. */
function walkAlong({ plan, random }: Population, farthest: number): Walk {
  const side = random.pick(sides);
  const width = plan.pavements[side < 0 ? 0 : 1];
  const lateral = side * (plan.halfRoad + random.uniform(0.5, Math.min(2.6, width - 0.3)));
  const degrees = random.pick([0, 180, 180, 90, -90]) + random.uniform(-20, 20);
  return { along: random.uniform(5.5, farthest), lateral, height: kerbHeight, degrees };
}

/** Adds people on the pavements and on the road. */
export function addPedestrians(population: Population): void {
  const { plan, random, take } = population;
  const across = plan.zebra === undefined ? 0.1 : 0.35;
  const count = 14 + random.integer(10);
  for (let i = 0; i < count; i++) {
    const isAcross = random.chance(across);
    const walk = isAcross ? walkAcross(population) : walkAlong(population, i < 14 ? 13 : 20);
    const { along, lateral, height, degrees } = walk;
    if (!isAcross && isInCrossing(plan, along, 2)) continue;
    if (!take(along, lateral, isAcross ? 0.6 : 0.4)) continue;
    addPedestrian(brushOn(population, along, lateral, height).at([0, 0, 0], degrees), random);
  }
}

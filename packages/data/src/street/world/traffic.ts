import { frameIn } from '../geometry/frame.ts';
import { addBicyclist } from './bicyclists.ts';
import { addCar } from './cars.ts';
import { addLorry } from './lorries.ts';
import { addPedestrian } from './people.ts';
import { isInCrossing, kerbHeight, sides, type Population } from './population.ts';
import { placeOn } from './street-plan.ts';

/** Adds what drives along the lanes and across the side street. */
export function addTraffic({ stage, plan, lamps, darkness, random, cameraLateral, take }: Population): void {
  const { halfRoad, lanes, driveSide, crossing } = plan;
  const lane = (2 * halfRoad) / lanes;
  for (let i = 0; i < lanes; i++) {
    const lateral = -halfRoad + (i + 0.5) * lane;
    const isOwn = Math.abs(lateral - cameraLateral) < lane * 0.6;
    for (let along = random.uniform(isOwn ? 9 : 4, isOwn ? 24 : 14); along < 70; along += random.uniform(7, 26)) {
      const isLorry = random.chance(0.14) && along > 12;
      if (!random.chance(0.72) || !take(along, lateral, isLorry ? 4 : 2.6)) continue;
      const frame = frameIn(
        placeOn(plan, along, lateral),
        [random.uniform(-0.25, 0.25), 0, 0],
        lateral * driveSide < 0 ? 180 : 0,
      );
      if (isLorry) addLorry(stage, frame, random);
      else addCar(stage, frame, random, { darkness, lamps });
    }
  }
  if (crossing !== undefined && random.chance(0.6)) {
    const side = random.pick(sides);
    const frame = placeOn(plan, crossing.at - side * plan.driveSide * crossing.half * 0.45, random.uniform(-9, 9));
    addCar(stage, frameIn(frame, [0, 0, 0], 90 * side), random, { darkness, lamps });
  }
}

/** Adds cars parked along the kerbs. */
export function addParkedCars({ stage, plan, random, take }: Population): void {
  for (const side of sides) {
    if (!random.chance(0.45)) continue;
    for (let along = 4 + random.uniform(0, 4); along < 60; along += random.uniform(5.4, 8)) {
      const lateral = side * (plan.halfRoad - 1.05);
      if (isInCrossing(plan, along, 5) || !random.chance(0.7) || !take(along, lateral, 2.5)) continue;
      const degrees = side === plan.driveSide ? 0 : 180;
      addCar(stage, frameIn(placeOn(plan, along, lateral), [0, 0, 0], degrees), random, { darkness: 0, lamps: [] });
    }
  }
}

/** Adds people on bicycles along the edges of the road. */
export function addBicyclists({ stage, plan, random, cameraLateral, take }: Population): void {
  const count = 2 + random.integer(4);
  for (let i = 0; i < count; i++) {
    const side = random.pick(sides);
    const along = random.uniform(5, i < 2 ? 11 : 24);
    const lateral = side * (plan.halfRoad - random.uniform(0.6, 2.4));
    if (Math.abs(lateral - cameraLateral) < 0.9 && along < 8) continue;
    if (!take(along, lateral, 0.8)) continue;
    const heading = random.chance(0.25) ? 90 * random.pick(sides) : side === plan.driveSide ? 0 : 180;
    addBicyclist(stage, frameIn(placeOn(plan, along, lateral), [0, 0, 0], heading + random.uniform(-15, 15)), random);
  }
}

/** Adds people on the pavements and on the zebra crossing. */
export function addPedestrians({ stage, plan, random, take }: Population): void {
  const count = 12 + random.integer(10);
  for (let i = 0; i < count; i++) {
    const side = random.pick(sides);
    const { zebra } = plan;
    const onZebra = zebra !== undefined && random.chance(0.35);
    const along = onZebra ? zebra + random.uniform(-1.2, 1.2) : random.uniform(5.5, i < 9 ? 13 : 28);
    const width = plan.pavements[side < 0 ? 0 : 1];
    const aside = side * (plan.halfRoad + random.uniform(0.6, width - 0.3));
    const lateral = onZebra ? random.uniform(-plan.halfRoad, plan.halfRoad) : aside;
    if (!onZebra && isInCrossing(plan, along, 2)) continue;
    if (!take(along, lateral, 0.45)) continue;
    const heading = onZebra ? random.pick([90, -90]) : random.pick([0, 180, 180, 90, -90]) + random.uniform(-20, 20);
    const frame = placeOn(plan, along, lateral, onZebra ? 0 : kerbHeight);
    addPedestrian(stage, frameIn(frame, [0, 0, 0], heading), random);
  }
}

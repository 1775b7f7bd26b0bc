import type { Lamp } from '../render/light.ts';
import type { Stage } from '../render/stage.ts';
import { addPavementThings } from './pavement-things.ts';
import { createPlaces } from './places.ts';
import type { Population } from './population.ts';
import { addHouses } from './rows-of-houses.ts';
import { addBicyclists, addParkedCars, addPedestrians, addTraffic } from './traffic.ts';

/** Everything that stands, drives and walks in a street, and the lamps among it. */
export interface FilledStreet extends Stage {
  readonly lamps: readonly Lamp[];
}

/** Fills a street. What is added first takes the places. */
export function fillStreet(options: Pick<Population, 'plan' | 'darkness' | 'random' | 'cameraLateral'>): FilledStreet {
  const stage: Stage = { shapes: [] };
  const population: Population = { ...options, stage, lamps: [], take: createPlaces() };
  population.take(0, population.cameraLateral, 3.5);
  addHouses(population);
  addBicyclists(population);
  addParkedCars(population);
  addTraffic(population);
  addPavementThings(population);
  addPedestrians(population);
  return { shapes: stage.shapes, lamps: population.lamps };
}

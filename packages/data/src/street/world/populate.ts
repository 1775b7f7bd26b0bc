import { addPavementThings } from './pavement-things.ts';
import type { Population } from './population.ts';
import { addHouses } from './rows-of-houses.ts';
import { addBicyclists, addParkedCars, addPedestrians, addTraffic } from './traffic.ts';

/** Fills a street with everything that stands, drives and walks there. */
export function populate(population: Population): void {
  population.take(0, population.cameraLateral, 3.5);
  addHouses(population);
  addBicyclists(population);
  addParkedCars(population);
  addTraffic(population);
  addPavementThings(population);
  addPedestrians(population);
}

import type { Random } from '@atrous/core';
import { hash } from '../texture/noise.ts';
import type { Rendering } from './render.ts';

/** What is between a street and the film. */
export interface Lens {
  /** Share of its neighbours' light that a pixel gets, 0 … 0.5. */
  readonly blur: number;
  /** How hard it rains, 0 … 1. */
  readonly rain: number;
  /** Height of the camera car's bonnet at the bottom of the picture, as a share of it; 0 is none. */
  readonly bonnet: number;
  readonly bonnetColor: readonly [number, number, number];
  readonly seed: number;
}

/** Chooses how sharp the lens is and whether one sees the bonnet of the camera's car. */
export function chooseLens(random: Random, isRaining: boolean): Lens {
  const shade = random.pick([0.02, 0.05, 0.3, 0.12]);
  return {
    blur: random.uniform(0, 0.4),
    rain: isRaining ? random.uniform(0.4, 1) : 0,
    bonnet: random.chance(0.18) ? random.uniform(0.06, 0.13) : 0,
    bonnetColor: [shade * random.uniform(0.7, 1.3), shade, shade * random.uniform(0.7, 1.3)],
    seed: random.integer(1 << 30),
  };
}

/** Mixes every pixel with its four neighbours. */
function soften({ light, width, height }: Rendering, share: number): void {
  const before = light.slice();
  const row = width * 3;
  for (let y = 1; y + 1 < height; y++)
    for (let at = y * row + 3; at < (y + 1) * row - 3; at++) {
      const around = before[at - 3]! + before[at + 3]! + before[at - row]! + before[at + row]!;
      light[at] = before[at]! * (1 - share) + (around * share) / 4;
    }
}

/** Draws streaks of rain in the brightness of the sky. */
function addRain({ light, width, height }: Rendering, { rain, seed }: Lens, brightness: number): void {
  const drops = Math.floor((width * height * rain) / 500);
  for (let i = 0; i < drops; i++) {
    const length = Math.floor(height * (0.02 + 0.07 * hash(i, 1, seed)));
    const top = Math.floor(height * hash(i, 2, seed));
    const left = width * hash(i, 3, seed);
    const gain = brightness * (0.04 + 0.1 * hash(i, 4, seed));
    for (let y = 0; y < length && top + y < height; y++) {
      const x = Math.min(width - 1, Math.floor(left + y * 0.12));
      for (let c = 0; c < 3; c++) light[((top + y) * width + x) * 3 + c]! += gain;
    }
  }
}

/** Draws the bonnet of the camera's car. */
function addBonnet({ light, labels, depth, width, height }: Rendering, lens: Lens, { label, sky }: Surroundings): void {
  for (let x = 0; x < width; x++) {
    const across = (2 * x) / width - 1;
    const edge = height * (1 - lens.bonnet * (1 - 0.45 * across * across));
    for (let y = Math.ceil(edge); y < height; y++) {
      const down = (y - edge) / (height * lens.bonnet);
      const shine = 0.28 * (1 - down) * (1 - 0.5 * across * across);
      const at = y * width + x;
      for (let c = 0; c < 3; c++) light[at * 3 + c] = sky[c]! * (lens.bonnetColor[c]! * 0.6 + shine);
      labels[at] = label;
      depth[at] = 1;
    }
  }
}

/** What a lens needs to know of a scene. */
export interface Surroundings {
  /** Class of the camera's own car. */
  readonly label: number;
  /** Light from above. */
  readonly sky: Float64Array;
}

/** Changes a rendering as what is before the film does, in place. */
export function lookThrough(rendering: Rendering, lens: Lens, surroundings: Surroundings): void {
  if (lens.bonnet > 0) addBonnet(rendering, lens, surroundings);
  if (lens.rain > 0) addRain(rendering, lens, surroundings.sky[1]!);
  if (lens.blur > 0) soften(rendering, lens.blur);
}

import type { Random } from '@atrous/core';
import type { RgbaImage } from '../../rgba-image.ts';
import type { Rendering } from './render.ts';
import { hash } from '../texture/noise.ts';

/** What a camera makes of light. */
export interface Film {
  readonly exposure: number;
  /** Gains of red, green and blue. */
  readonly balance: readonly [number, number, number];
  /** Strength of the noise at middle grey, in grey levels. */
  readonly grain: number;
  readonly vignette: number;
  readonly seed: number;
}

/** A camera of middling quality. */
export const chooseFilm = (random: Random, exposure: number, isDark: boolean): Film => ({
  exposure,
  balance: [random.uniform(0.92, 1.08), 1, random.uniform(0.9, 1.1)],
  grain: isDark ? random.uniform(3, 8) : random.uniform(0.8, 4),
  vignette: random.uniform(0, 0.35),
  seed: random.integer(1 << 30),
});

/** Turns linear light into a picture: exposure, contrast, gamma 2, noise, darker corners. */
export function develop({ light, width, height }: Rendering, film: Film): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4);
  const corner = (width * width + height * height) / 4;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      const dx = column - width / 2;
      const dy = row - height / 2;
      const gain = film.exposure * (1 - (film.vignette * (dx * dx + dy * dy)) / corner);
      const shared = hash(column, row, film.seed) + hash(column, row, film.seed + 1) - 1;
      for (let c = 0; c < 3; c++) {
        const x = light[at * 3 + c]! * gain * film.balance[c]!;
        const tone = Math.sqrt((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14));
        const own = hash(column, row, film.seed + 2 + c) - 0.5;
        data[at * 4 + c] = 255 * tone + film.grain * (1.6 * shared + own);
      }
      data[at * 4 + 3] = 255;
    }
  return { width, height, data };
}

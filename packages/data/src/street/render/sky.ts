import { dot, normalize, type Vec3 } from '../geometry/vec3.ts';
import { clouds } from '../texture/noise.ts';
import type { Lighting } from './light.ts';

const between = (a: number, b: number, t: number): number => a + (b - a) * t;

/** How much cloud there is in a direction, 0 … 1: a flat layer seen in perspective. */
function cloudAt({ cloudiness, seed }: Lighting, [x, y, z]: Vec3): number {
  if (cloudiness <= 0) return 0;
  const reach = 1.6 / (y + 0.12);
  const thick = clouds(x * reach + seed, z * reach * 1.3, seed) - (0.78 - 0.62 * cloudiness);
  return Math.min(1, Math.max(0, thick * 4));
}

/**
 * Writes the light that comes from a direction of the sky: gradient, glow around the sun, clouds.
 *
 * @param direction of any length.
 */
export function skyLight(light: Lighting, direction: Vec3, out: Float64Array): void {
  const d = normalize(direction);
  const height = Math.max(0, d[1]);
  const rise = height / (height + 0.28);
  const cloud = cloudAt(light, d);
  const toSun = Math.max(0, dot(d, light.sun));
  const sharp = toSun * toSun * toSun * toSun;
  const s16 = sharp * sharp * sharp * sharp;
  const s256 = s16 * s16 * s16 * s16;
  const glow = (0.12 * sharp + 0.35 * s16 + 6 * s256 * s256 * s256 * s256) * (1 - 0.85 * cloud);
  for (let c = 0; c < 3; c++) {
    const clear = between(light.hazeColor[c]!, light.zenithColor[c]!, rise);
    const shade = between(light.cloudColor[c]!, light.hazeColor[c]!, 0.55 - 0.5 * rise);
    out[c] = between(clear, shade, cloud * 0.9) + light.sunColor[c]! * glow * 0.35;
  }
}

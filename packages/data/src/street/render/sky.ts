import { clouds } from '../texture/noise.ts';
import type { Lighting } from './light.ts';

const between = (a: number, b: number, t: number): number => a + (b - a) * t;

/** How much cloud there is in a direction, 0 … 1: a flat layer seen in perspective. */
function cloudAt({ cloudiness, seed }: Lighting, x: number, y: number, z: number): number {
  if (cloudiness <= 0) return 0;
  const reach = 1.6 / (y + 0.12);
  const thick = clouds(x * reach + (seed & 1023), z * reach * 1.3, seed) - (0.78 - 0.62 * cloudiness);
  return Math.min(1, Math.max(0, thick * 4));
}

/**
 * Writes the light that comes from a direction of the sky: gradient, glow around the sun, clouds.
 *
 * @param dx right; the direction may have any length.
 * @param dy up.
 * @param dz forward.
 */
export function skyLight(light: Lighting, dx: number, dy: number, dz: number, out: Float64Array): void {
  const length = Math.sqrt(dx * dx + dy * dy + dz * dz);
  const x = dx / length;
  const y = Math.max(0, dy / length);
  const z = dz / length;
  const rise = y / (y + 0.28);
  const cloud = cloudAt(light, x, y, z);
  const { sun, sunColor, hazeColor, zenithColor, cloudColor } = light;
  const toSun = Math.max(0, x * sun[0] + (dy / length) * sun[1] + z * sun[2]);
  const p4 = toSun * toSun * toSun * toSun;
  const p16 = p4 * p4 * p4 * p4;
  const p256 = p16 * p16 * p16 * p16 * (p16 * p16 * p16 * p16) * (p16 * p16 * p16 * p16) * (p16 * p16 * p16 * p16);
  const glow = (0.12 * p4 + 0.35 * p16 + 6 * p256 * p256 * p256 * p256) * (1 - 0.85 * cloud) * 0.35;
  for (let c = 0; c < 3; c++) {
    const clear = between(hazeColor[c]!, zenithColor[c]!, rise);
    const shade = between(cloudColor[c]!, hazeColor[c]!, 0.55 - 0.5 * rise);
    out[c] = between(clear, shade, cloud * 0.9) + sunColor[c]! * glow;
  }
}

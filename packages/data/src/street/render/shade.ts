import type { Lamp, Lighting } from './light.ts';
import type { Texel } from './shape.ts';
import type { Sunshine } from './shadow-map.ts';
import { skyLight } from './sky.ts';

/** A place on a surface that the camera sees. */
export interface Spot {
  x: number;
  y: number;
  z: number;
  nx: number;
  ny: number;
  nz: number;
  /** Straight on, in metres. */
  distance: number;
}

/** Turns what a surface is made of into the light that reaches the camera from it; `ray` goes from the camera to the spot. */
export type Shader = (spot: Spot, ray: Float64Array, texel: Texel, out: Float64Array) => void;

/** How much light a lamp throws on a place that faces it. */
function lampLight({ at, beam }: Lamp, { x, y, z, nx, ny, nz }: Spot): number {
  const dx = at[0] - x;
  const dy = at[1] - y;
  const dz = at[2] - z;
  const facing = dx * nx + dy * ny + dz * nz;
  if (facing <= 0) return 0;
  const squared = dx * dx + dy * dy + dz * dz + 0.3;
  const distance = Math.sqrt(squared);
  const strength = facing / (squared * distance);
  if (beam === undefined) return strength;
  const along = -(dx * beam[0] + dy * beam[1] + dz * beam[2]) / distance;
  return strength * Math.max(0, along * 8 - 7);
}

/** Writes what a surface mirrors and answers how much of it: more at flat angles. Low directions show dark houses rather than sky. */
function mirror(light: Lighting, { nx, ny, nz }: Spot, ray: Float64Array, gloss: number, out: Float64Array): number {
  const facing = ray[0]! * nx + ray[1]! * ny + ray[2]! * nz;
  const height = Math.abs(ray[1]! - 2 * facing * ny);
  skyLight(light, ray[0]! - 2 * facing * nx, height, ray[2]! - 2 * facing * nz, out);
  const houses = ny > 0.9 ? 1 : Math.min(1, 0.3 + 2.2 * height);
  for (let c = 0; c < 3; c++) out[c]! *= houses;
  const flat = 1 - Math.min(1, Math.abs(facing));
  return gloss * (0.35 + 0.65 * flat * flat * flat);
}

/** A shader for the light of a scene: sun and its shadows, sky, lamps, mirrored sky, haze. */
export function createShader(light: Lighting, lamps: readonly Lamp[], sunshine: Sunshine): Shader {
  const { sun, sunColor, skyColor, groundColor, hazeColor, haze } = light;
  const [sunX, sunY, sunZ] = sun;
  const mirrored = new Float64Array(3);
  const fallen = new Float64Array(3);

  function addLamps(spot: Spot): void {
    for (const lamp of lamps) {
      const strength = lampLight(lamp, spot);
      if (strength > 0) for (let c = 0; c < 3; c++) fallen[c]! += lamp.color[c]! * strength;
    }
  }

  return (spot, ray, texel, out) => {
    const { y, nx, ny, nz } = spot;
    const facing = nx * sunX + ny * sunY + nz * sunZ;
    const direct = facing <= 0 ? 0 : facing * sunshine(spot.x + nx * 0.06, y + ny * 0.06, spot.z + nz * 0.06);
    // less of the sky reaches what is upright and near the ground
    const open = ny > 0.9 || y > 1.2 ? 1 : 0.55 + 0.375 * y;
    const above = (0.5 + 0.5 * ny) * open;
    const below = (0.5 - 0.5 * ny) * open;
    const { glow } = texel;
    fallen[0] = sunColor[0] * direct + skyColor[0] * above + groundColor[0] * below + glow;
    fallen[1] = sunColor[1] * direct + skyColor[1] * above + groundColor[1] * below + glow;
    fallen[2] = sunColor[2] * direct + skyColor[2] * above + groundColor[2] * below + glow;
    if (lamps.length > 0) addLamps(spot);
    let r = texel.r * fallen[0];
    let g = texel.g * fallen[1];
    let b = texel.b * fallen[2];
    if (texel.gloss > 0) {
      const gloss = mirror(light, spot, ray, texel.gloss, mirrored);
      r += (mirrored[0]! - r) * gloss;
      g += (mirrored[1]! - g) * gloss;
      b += (mirrored[2]! - b) * gloss;
    }
    const air = haze * spot.distance;
    const clear = 1 / (1 + air + air * air * 0.5);
    out[0] = r * clear + hazeColor[0] * (1 - clear);
    out[1] = g * clear + hazeColor[1] * (1 - clear);
    out[2] = b * clear + hazeColor[2] * (1 - clear);
  };
}

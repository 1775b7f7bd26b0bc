import type { Vec3 } from '../geometry/vec3.ts';
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

/** Turns what a surface is made of into the light that reaches the camera from it. */
export type Shader = (spot: Spot, ray: Vec3, texel: Texel, out: Float64Array) => void;

/** How much light a lamp throws on a place that faces it. */
function lampLight({ at, beam }: Lamp, { x, y, z, nx, ny, nz }: Spot): number {
  const dx = at[0] - x;
  const dy = at[1] - y;
  const dz = at[2] - z;
  const squared = dx * dx + dy * dy + dz * dz + 0.3;
  const facing = dx * nx + dy * ny + dz * nz;
  if (facing <= 0) return 0;
  const distance = Math.sqrt(squared);
  let strength = facing / (squared * distance);
  if (beam !== undefined) {
    const along = -(dx * beam[0] + dy * beam[1] + dz * beam[2]) / distance;
    strength *= Math.max(0, along * 8 - 7);
  }
  return strength;
}

/** A shader for the light of a scene. */
export function createShader(light: Lighting, lamps: readonly Lamp[], sunshine: Sunshine): Shader {
  const { sun, sunColor, skyColor, groundColor, hazeColor, haze } = light;
  const mirrored = new Float64Array(3);

  /** Writes what a surface mirrors and answers how much of it: more at flat angles; low directions show dark houses, not sky. */
  function mirror({ nx, ny, nz }: Spot, ray: Vec3, gloss: number): number {
    const facing = ray[0] * nx + ray[1] * ny + ray[2] * nz;
    const height = Math.abs(ray[1] - 2 * facing * ny);
    skyLight(light, [ray[0] - 2 * facing * nx, height, ray[2] - 2 * facing * nz], mirrored);
    const houses = ny > 0.9 ? 1 : Math.min(1, 0.3 + 2.2 * height);
    for (let c = 0; c < 3; c++) mirrored[c] = mirrored[c]! * houses;
    const flat = 1 - Math.min(1, Math.abs(facing));
    return gloss * (0.35 + 0.65 * flat * flat * flat);
  }

  return (spot, ray, texel, out) => {
    const { x, y, z, nx, ny, nz, distance } = spot;
    const facing = nx * sun[0] + ny * sun[1] + nz * sun[2];
    const direct = facing <= 0 ? 0 : facing * sunshine(x + nx * 0.06, y + ny * 0.06, z + nz * 0.06);
    const above = 0.5 + 0.5 * ny;
    const gloss = texel.gloss > 0 ? mirror(spot, ray, texel.gloss) : 0;
    const open = ny > 0.9 || y > 1.2 ? 1 : 0.55 + 0.375 * y;
    const air = haze * distance;
    const clear = 1 / (1 + air + air * air * 0.5);
    const albedo = [texel.r, texel.g, texel.b];
    for (let c = 0; c < 3; c++) {
      let incoming = sunColor[c]! * direct + (skyColor[c]! * above + groundColor[c]! * (1 - above)) * open + texel.glow;
      for (const lamp of lamps) incoming += lamp.color[c]! * lampLight(lamp, spot);
      let value = albedo[c]! * incoming;
      if (gloss > 0) value += (mirrored[c]! - value) * gloss;
      out[c] = value * clear + hazeColor[c]! * (1 - clear);
    }
  };
}

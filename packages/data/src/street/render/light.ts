import type { Vec3 } from '../geometry/vec3.ts';

/** Linear light: red, green, blue. */
export type Light3 = readonly [r: number, g: number, b: number];

/** A lamp that shines at night. */
export interface Lamp {
  readonly at: Vec3;
  readonly color: Light3;
  /** The direction of a beam; undefined shines everywhere. */
  readonly beam?: Vec3 | undefined;
}

/** All light of a scene and the air in it. */
export interface Lighting {
  /** Towards the sun, length 1. */
  readonly sun: Vec3;
  readonly sunColor: Light3;
  /** From above. */
  readonly skyColor: Light3;
  /** From below. */
  readonly groundColor: Light3;
  /** Of the sky at the horizon: what distance fades to. */
  readonly hazeColor: Light3;
  readonly zenithColor: Light3;
  /** Share of the view that is lost within a metre. */
  readonly haze: number;
  /** How much of the sky clouds cover, 0 … 1. */
  readonly cloudiness: number;
  readonly cloudColor: Light3;
  /** How wet the ground is, 0 … 1. */
  readonly wetness: number;
  /** How dark it is, 0 … 1: lit windows and lamps. */
  readonly darkness: number;
  readonly exposure: number;
  readonly seed: number;
}

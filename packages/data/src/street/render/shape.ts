import type { Vec3 } from '../geometry/vec3.ts';

/** What a surface looks like at a point, written by a {@link Material}; colours are linear light, 0 … 1. */
export interface Texel {
  r: number;
  g: number;
  b: number;
  /** Light of its own, in colours of the surface. */
  glow: number;
  /** How much it mirrors the sky, 0 … 1. */
  gloss: number;
  /** How much of the place is there at all, 0 … 1; only of veils. */
  cover: number;
}

/**
 * The look of a surface at `u` metres across and `v` metres up it. Details smaller than `footprint`, the metres that a pixel covers, must
 * fade: nothing else keeps distant surfaces from flickering.
 */
export type Material = (u: number, v: number, footprint: number, out: Texel) => void;

/** What a shape is made of and which class it is. */
export interface Paint {
  readonly label: number;
  readonly material: Material;
  /** A veil is seen through where it has no cover (railings, spokes), but its whole outline has its class, as annotators draw it. */
  readonly veil?: boolean | undefined;
}

/** A flat, convex face; corners run counterclockwise seen from outside, the first two being its lower edge. */
export interface Face {
  readonly kind: 'face';
  readonly corners: readonly Vec3[];
  readonly across: Vec3;
  readonly up: Vec3;
  readonly normal: Vec3;
  readonly paint: Paint;
}

/** A round bar, thicker at one end than at the other; a ball when both ends meet. */
export interface Bar {
  readonly kind: 'bar';
  readonly from: Vec3;
  readonly to: Vec3;
  readonly fromRadius: number;
  readonly toRadius: number;
  /** How ragged its outline is, 0 … 1: foliage. */
  readonly ragged: number;
  readonly paint: Paint;
}

export type Shape = Face | Bar;

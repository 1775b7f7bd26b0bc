import { inView, nearPlane, project, type View } from '../geometry/view.ts';
import { noise } from '../texture/noise.ts';
import type { DepthTarget } from './depth-target.ts';
import type { Bar } from './shape.ts';

/** A bar on a picture: its ends, their radii in pixels and in metres, and nearness. */
export interface FlatBar {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  readonly radius: number;
  readonly dRadius: number;
  readonly near: number;
  readonly dNear: number;
  /** One over its length on the picture, squared; 0 for a ball. */
  readonly perLength: number;
  /** Pixels of a metre at its first end. */
  readonly pixels: number;
}

/** A bar as a view sees it; undefined when it is not wholly in front. */
export function flatten(view: View, bar: Bar): FlatBar | undefined {
  const a = inView(view, bar.from);
  const b = inView(view, bar.to);
  const isPerspective = view.far === undefined;
  if (isPerspective && (a[2] < nearPlane + bar.fromRadius || b[2] < nearPlane + bar.toRadius)) return undefined;
  const [x, y, near] = project(view, a);
  const [endX, endY, endNear] = project(view, b);
  const pixels = isPerspective ? view.focal * near : view.focal;
  const radius = bar.fromRadius * pixels;
  const dx = endX - x;
  const dy = endY - y;
  const dRadius = bar.toRadius * (isPerspective ? view.focal * endNear : view.focal) - radius;
  const squared = dx * dx + dy * dy;
  return {
    x,
    y,
    dx,
    dy,
    radius,
    dRadius,
    near,
    dNear: endNear - near,
    pixels,
    perLength: squared > 0 ? 1 / squared : 0,
  };
}

/** Where along a flat bar, 0 … 1, a place of the picture is nearest to its axis. */
export function alongBar({ x, y, dx, dy, perLength }: FlatBar, column: number, row: number): number {
  const t = ((column - x) * dx + (row - y) * dy) * perLength;
  return t < 0 ? 0 : t > 1 ? 1 : t;
}

/** Draws a bar where it is nearer than what is there. */
export function fillBar(view: View, target: DepthTarget, bar: Bar, id: number): boolean {
  const flat = flatten(view, bar);
  if (flat === undefined) return false;
  const { width, height, nearness, shape } = target;
  const { x, y, dx, dy, radius, dRadius } = flat;
  const endRadius = radius + dRadius;
  const left = Math.max(0, Math.floor(Math.min(x - radius, x + dx - endRadius)));
  const right = Math.min(width - 1, Math.ceil(Math.max(x + radius, x + dx + endRadius)));
  const top = Math.max(0, Math.floor(Math.min(y - radius, y + dy - endRadius)));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(y + radius, y + dy + endRadius)));
  const thickness = bar.fromRadius;
  const nearest = bulge(view, Math.max(flat.near, flat.near + flat.dNear), thickness);
  const bumps = 6 / radius;
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) {
      const at = row * width + column;
      if (nearest <= nearness[at]!) continue;
      const t = alongBar(flat, column + 0.5, row + 0.5);
      const offX = column + 0.5 - x - dx * t;
      const offY = row + 0.5 - y - dy * t;
      const here = radius + dRadius * t;
      const inside = 1 - (offX * offX + offY * offY) / (here * here);
      if (inside <= 0) continue;
      if (inside < bar.ragged && inside <= bar.ragged * noise(offX * bumps, offY * bumps, id)) continue;
      const near = bulge(view, flat.near + flat.dNear * t, thickness * Math.sqrt(inside));
      if (near <= nearness[at]!) continue;
      nearness[at] = near;
      shape[at] = id;
    }
  return left <= right && top <= bottom;
}

/** Nearness of the surface of a bar, `by` metres before its axis. */
const bulge = (view: View, near: number, by: number): number =>
  view.far === undefined ? near / Math.max(0.05, 1 - near * by) : near + by;

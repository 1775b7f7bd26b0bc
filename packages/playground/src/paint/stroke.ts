import type { Box, Painting, Point } from './painting.ts';

/** A straight stroke of a round brush. */
export interface Stroke {
  readonly from: Point;
  readonly to: Point;
  /** In pixels. A brush is never thinner than the pixel under it. */
  readonly radius: number;
  readonly value: number;
}

/**
 * Draws one stroke.
 *
 * @returns the part of the painting that may have changed.
 */
export function drawStroke({ width, height, pixels }: Painting, { from, to, radius, value }: Stroke): Box {
  const reach = Math.max(radius, Math.SQRT1_2);
  const box: Box = {
    left: clamp(Math.floor(Math.min(from.x, to.x) - reach), width),
    top: clamp(Math.floor(Math.min(from.y, to.y) - reach), height),
    right: clamp(Math.ceil(Math.max(from.x, to.x) + reach), width),
    bottom: clamp(Math.ceil(Math.max(from.y, to.y) + reach), height),
  };
  for (let y = box.top; y < box.bottom; y += 1)
    for (let x = box.left; x < box.right; x += 1)
      if (distanceToSegment({ x: x + 0.5, y: y + 0.5 }, from, to) <= reach) pixels[y * width + x] = value;
  return box;
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));

function distanceToSegment(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / squared;
  const nearest = Math.max(0, Math.min(1, along));
  return Math.hypot(point.x - from.x - nearest * dx, point.y - from.y - nearest * dy);
}

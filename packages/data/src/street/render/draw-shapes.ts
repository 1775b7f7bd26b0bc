import type { View } from '../geometry/view.ts';
import { enlarge } from './camera.ts';
import { createDepthTarget, type DepthTarget } from './depth-target.ts';
import { fillBar } from './fill-bar.ts';
import { createFaceFiller } from './fill-face.ts';
import type { Shape } from './shape.ts';

/** Samples of a pixel in each direction. */
export const samples = 2;

/** What is nearest at every sample: solid shapes, and veils before them. */
export interface DrawnShapes {
  readonly solid: DepthTarget;
  readonly veil: DepthTarget;
}

/** Draws shapes as a camera sees them, `samples × samples` times a pixel. */
export function drawShapes(view: View, shapes: readonly Shape[]): DrawnShapes {
  const fine = enlarge(view, samples);
  const solid = createDepthTarget(fine.width, fine.height);
  const veil = createDepthTarget(fine.width, fine.height);
  const fillSolid = createFaceFiller(fine, solid);
  const fillVeil = createFaceFiller(fine, veil);
  shapes.forEach((shape, i) => {
    const isVeil = shape.paint.veil === true;
    const target = isVeil ? veil : solid;
    if (shape.kind === 'face') (isVeil ? fillVeil : fillSolid)(shape.corners, i + 1, isVeil);
    else fillBar(fine, target, shape, i + 1);
  });
  for (let at = 0; at < veil.shape.length; at++) if (veil.nearness[at]! <= solid.nearness[at]!) veil.shape[at] = 0;
  return { solid, veil };
}

import type { View } from '../geometry/view.ts';
import { drawShapes } from './draw-shapes.ts';
import { createLook, type Subject } from './look.ts';
import { createMixer } from './mix-samples.ts';

/** What a camera saw: linear light, class and distance of every pixel. */
export interface Rendering {
  readonly width: number;
  readonly height: number;
  /** `[height, width, 3]`. */
  readonly light: Float32Array;
  /** `[height, width]`. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** `[height, width]`: metres straight on, `Infinity` for the sky. */
  readonly depth: Float32Array<ArrayBuffer>;
}

/** Draws a subject: what is nearest first, then one look at every surface of every pixel, so that hidden ones cost nothing. */
export function render(view: View, subject: Subject): Rendering {
  const { width, height } = view;
  const pixel = createMixer(createLook(view, subject), drawShapes(view, subject.shapes));
  const light = new Float32Array(width * height * 3);
  const labels = new Uint8Array(width * height);
  const depth = new Float32Array(width * height);
  for (let row = 0, at = 0; row < height; row++)
    for (let column = 0; column < width; column++, at++) {
      pixel.at(column, row);
      light[at * 3] = pixel.light[0]!;
      light[at * 3 + 1] = pixel.light[1]!;
      light[at * 3 + 2] = pixel.light[2]!;
      labels[at] = pixel.label;
      depth[at] = pixel.distance;
    }
  return { width, height, light, labels, depth };
}

import { byId, contextOf } from '../dom.ts';
import type { Example } from './examples.ts';
import { floodFill } from './flood-fill.ts';
import type { PaintClass } from './paint-class.ts';
import { paintPixels } from './paint-pixels.ts';
import { UNPAINTED, wholeOf, type Point } from './painting.ts';
import { drawStroke } from './stroke.ts';
import type { Tools } from './tools.ts';

/** The canvas over the photo that takes the paint. */
export interface Easel {
  /** The example that is painted on; `undefined` takes the canvas away. */
  show(example: Example | undefined): void;
  /** Draws the painting anew, after classes or the painting changed. */
  redraw(): void;
}

/** What the pointer paints with. */
export interface EaselOptions {
  readonly tools: Tools;
  readonly classes: () => readonly PaintClass[];
  /** The class chosen; `undefined` while there is none. */
  readonly chosen: () => PaintClass | undefined;
  /** After each stroke and fill. */
  readonly onPainted: () => void;
}

/** Lets pointers (mouse, pen, finger) paint. */
export function createEasel({ tools, classes, chosen, onPainted }: EaselOptions): Easel {
  const canvas = byId('paint', HTMLCanvasElement);
  let example: Example | undefined;
  let last: Point | undefined;

  const redraw = () => {
    if (example) draw(wholeOf(example.painting));
  };
  const draw = (box: ReturnType<typeof wholeOf>) => {
    if (!example || box.right <= box.left || box.bottom <= box.top) return;
    contextOf(canvas).putImageData(paintPixels(example.painting, box, classes()), box.left, box.top);
  };
  const value = () => (tools.chosen() === 'eraser' ? UNPAINTED : chosen()?.key);
  const strokeTo = (to: Point) => {
    const key = value();
    if (!example || !last || key === undefined) return;
    const radius = (tools.diameter() / 2) * pixelsPerScreenPixel(canvas);
    draw(drawStroke(example.painting, { from: last, to, radius, value: key }));
    last = to;
  };

  canvas.addEventListener('pointerdown', (event) => {
    const key = value();
    if (!example || key === undefined || event.button !== 0) return;
    example.history.remember();
    const at = placeOf(canvas, event);
    if (tools.chosen() === 'fill') {
      floodFill(example.painting, at, key);
      redraw();
      return onPainted();
    }
    canvas.setPointerCapture(event.pointerId);
    last = at;
    strokeTo(at);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!last) return;
    // A fast hand makes several moves between two frames.
    for (const move of event.getCoalescedEvents()) strokeTo(placeOf(canvas, move));
    strokeTo(placeOf(canvas, event));
  });
  for (const end of ['pointerup', 'pointercancel'])
    canvas.addEventListener(end, () => {
      if (last) onPainted();
      last = undefined;
    });

  return {
    show: (next) => {
      example = next;
      last = undefined;
      canvas.hidden = !next;
      if (!next) return;
      Object.assign(canvas, { width: next.painting.width, height: next.painting.height });
      redraw();
    },
    redraw,
  };
}

const pixelsPerScreenPixel = (canvas: HTMLCanvasElement): number =>
  canvas.width / Math.max(1, canvas.getBoundingClientRect().width);

function placeOf(canvas: HTMLCanvasElement, { clientX, clientY }: PointerEvent): Point {
  const box = canvas.getBoundingClientRect();
  return {
    x: ((clientX - box.left) / box.width) * canvas.width,
    y: ((clientY - box.top) / box.height) * canvas.height,
  };
}

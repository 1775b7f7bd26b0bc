import { byId, contextOf, element } from '../dom.ts';
import { displaySize } from '../overlay.ts';
import { paintedShare, type Example } from './examples.ts';
import type { PaintClass } from './paint-class.ts';
import { paintPixels } from './paint-pixels.ts';
import { wholeOf } from './painting.ts';

/** The photos that are painted on, as small pictures. */
export interface ExampleStrip {
  show(examples: readonly Example[], current: Example | undefined, classes: readonly PaintClass[]): void;
}

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
const longestSide = 96;

/** @param onChoose gets the example to paint on. */
export function createExampleStrip(onChoose: (example: Example) => void): ExampleStrip {
  const strip = byId('examples', HTMLElement);
  return {
    show: (examples, current, classes) =>
      strip.replaceChildren(
        ...examples.map((example, index) => {
          const share = `${percent.format(paintedShare(example))} painted`;
          const button = element(
            'button',
            { type: 'button' },
            thumbnail(example, classes),
            element('small', {}, share),
          );
          button.ariaLabel = `Photo ${index + 1}, ${share}`;
          button.ariaPressed = String(example === current);
          button.addEventListener('click', () => onChoose(example));
          return button;
        }),
      ),
  };
}

function thumbnail({ photo, painting }: Example, classes: readonly PaintClass[]): HTMLCanvasElement {
  const scale = longestSide / Math.max(photo.width, photo.height);
  const canvas = element('canvas', displaySize(photo.width * scale, photo.height * scale));
  const paint = element('canvas', { width: painting.width, height: painting.height });
  contextOf(paint).putImageData(paintPixels(painting, wholeOf(painting), classes), 0, 0);
  const context = contextOf(canvas);
  context.drawImage(photo.image, 0, 0, canvas.width, canvas.height);
  context.globalAlpha = 0.6;
  context.drawImage(paint, 0, 0, canvas.width, canvas.height);
  return canvas;
}

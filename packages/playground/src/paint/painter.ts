import type { LabelClass } from '@atrous/core';
import { byId } from '../dom.ts';
import type { Photo } from '../photo.ts';
import { createClassList } from './class-list.ts';
import { createEasel } from './easel.ts';
import { createExampleStrip } from './example-strip.ts';
import { createExample, type Example } from './examples.ts';
import type { PaintClass } from './paint-class.ts';
import { replaceValue, UNPAINTED } from './painting.ts';
import { createTools } from './tools.ts';

/** Everything a person paints labels with: photos, classes, tools and the canvas. */
export interface Painter {
  /** Shows or hides the tools and the paint. */
  toggle(on: boolean): void;
  /** Paints on this photo from now on; a photo that was painted on before has its paint again. */
  readonly open: (photo: Photo) => void;
  /** Whether a photo is among those to paint on, and so must be kept. */
  readonly keeps: (photo: Photo) => boolean;
  examples(): readonly Example[];
  classes(): readonly PaintClass[];
  takeClasses(classes: readonly LabelClass[]): void;
}

/** What the painter tells. */
export interface PainterOptions {
  /** Another photo is painted on. */
  readonly onShow: (photo: Photo) => void;
  /** Paint, photos or classes changed. */
  readonly onChange: () => void;
}

/** Connects the parts that paint. */
export function createPainter({ onShow, onChange }: PainterOptions): Painter {
  const figure = byId('picture', HTMLElement);
  const examples: Example[] = [];
  let current: Example | undefined;
  let isOn = false;

  const showStrip = () => strip.show(examples, current, list.all());
  const changed = () => {
    showStrip();
    onChange();
  };
  const repaint = (change: (example: Example) => void) => () => {
    if (!current) return;
    change(current);
    easel.redraw();
    changed();
  };
  const tools = createTools({
    onUndo: repaint(({ history }) => history.undo()),
    onClear: repaint(({ history, painting }) => {
      history.remember();
      painting.pixels.fill(UNPAINTED);
    }),
  });
  const list = createClassList({
    onChange: () => {
      easel.redraw();
      changed();
    },
    onRemove: (key) => {
      for (const { painting, history } of examples) {
        replaceValue(painting, key, UNPAINTED);
        history.forget();
      }
    },
  });
  const easel = createEasel({ tools, classes: list.all, chosen: list.chosen, onPainted: changed });
  const strip = createExampleStrip((example) => onShow(example.photo));

  const show = () => {
    tools.show(isOn && current !== undefined);
    figure.toggleAttribute('data-painting', isOn);
    easel.show(isOn ? current : undefined);
  };

  return {
    toggle: (on) => {
      isOn = on;
      show();
    },
    open: (photo) => {
      current = examples.find((example) => example.photo === photo);
      if (!current) examples.push((current = createExample(photo)));
      show();
      changed();
    },
    keeps: (photo) => examples.some((example) => example.photo === photo),
    examples: () => examples,
    classes: list.all,
    takeClasses: list.take,
  };
}

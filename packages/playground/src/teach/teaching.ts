import { byId } from '../dom.ts';
import type { BackendId } from '../engine/backends.ts';
import type { Engine } from '../engine/engine.ts';
import type { ModelSummary } from '../engine/protocol.ts';
import { createPainter } from '../paint/painter.ts';
import type { Photo } from '../photo.ts';
import { createTeacher } from './teacher.ts';

/** Painting labels on photos, and training the loaded model on them. */
export interface Teaching {
  isPainting(): boolean;
  stopPainting(): void;
  /** Paints on this photo from now on. */
  paint(photo: Photo): void;
  /** Whether a photo is painted on, and so must be kept. */
  keeps(photo: Photo): boolean;
  /** Hears which model is loaded. */
  useModel(model: ModelSummary): void;
  /** Ends a training and throws away what it learned. */
  abort(): void;
}

/** What teaching needs of the page, and what it tells. */
export interface TeachingOptions {
  readonly engine: Engine;
  readonly backend: () => BackendId | undefined;
  /** A person turns to another of the photos that are painted on. */
  readonly onShow: (photo: Photo) => void;
  /** Painting begins or ends. */
  readonly onToggle: () => void;
  /** The worker has a network that knows the painted classes now. */
  readonly onTrained: (model: ModelSummary) => void;
}

/** Connects the panel that teaches. */
export function createTeaching({ engine, backend, onShow, onToggle, onTrained }: TeachingOptions): Teaching {
  const button = byId('paint-labels', HTMLButtonElement);
  const take = byId('take-classes', HTMLButtonElement);
  const isPainting = () => button.ariaPressed === 'true';
  let model: ModelSummary | undefined;

  const toggle = (on: boolean) => {
    button.ariaPressed = String(on);
    byId('teach-panel', HTMLElement).hidden = !on;
    painter.toggle(on);
    onToggle();
  };
  const stopPainting = () => {
    if (isPainting()) toggle(false);
  };
  const painter = createPainter({ onShow, onChange: () => teacher.update(model) });
  const teacher = createTeacher({
    engine,
    painter,
    backend,
    onTrained: (trained) => {
      onTrained(trained);
      stopPainting();
    },
  });
  button.addEventListener('click', () => toggle(!isPainting()));
  take.addEventListener('click', () => {
    if (model) painter.takeClasses(model.classes);
  });
  teacher.update(model);

  return {
    isPainting,
    stopPainting,
    paint: painter.open,
    keeps: painter.keeps,
    useModel: (next) => {
      model = next;
      take.disabled = false;
      teacher.update(model);
    },
    abort: teacher.abort,
  };
}

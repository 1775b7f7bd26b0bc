import type { LongRunningOptions, Progress } from '@atrous/core';
import { byId } from '../dom.ts';
import { saveFile } from '../download.ts';
import type { Engine } from '../engine/engine.ts';
import type { BackendId } from '../engine/backends.ts';
import type { ModelSummary, PaintedPhoto, TrainingReport } from '../engine/protocol.ts';
import { createLatestTask } from '../latest-task.ts';
import { showError, showProgress } from '../messages.ts';
import { toClassIds } from '../paint/paint-class.ts';
import { paintedShare } from '../paint/examples.ts';
import type { Painter } from '../paint/painter.ts';
import { createCurve } from './curve.ts';

/** What training needs of the page. */
export interface TeacherOptions {
  readonly engine: Engine;
  readonly painter: Painter;
  readonly backend: () => BackendId | undefined;
  /** The page has a network that knows the painted classes now. */
  readonly onTrained: (model: ModelSummary) => void;
}

/** The buttons that train, stop and download. */
export interface Teacher {
  /** Paint or model changed: what can be done now? */
  update(model: ModelSummary | undefined): void;
  /** Ends a run and throws away what it learned. */
  readonly abort: () => void;
}

const percent = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Connects the training panel with the worker. */
export function createTeacher({ engine, painter, backend, onTrained }: TeacherOptions): Teacher {
  const train = byId('train', HTMLButtonElement);
  const stop = byId('stop-training', HTMLButtonElement);
  const save = byId('download-bundle', HTMLButtonElement);
  const curve = createCurve();
  const task = createLatestTask((busy) => {
    train.hidden = busy;
    stop.hidden = !busy;
  }, showError);

  const run = async (chosen: BackendId, options: LongRunningOptions) => {
    const steps = byId('steps', HTMLInputElement).valueAsNumber;
    byId('training', HTMLElement).hidden = false;
    curve.start(steps);
    const onReport = (report: TrainingReport) => {
      curve.add(report);
      showReport(report, steps);
    };
    const ask = { backend: chosen, steps, classes: painter.classes(), photos: paintedPhotos(painter) };
    onTrained(await engine.ask('train', ask, { ...options, onReport }));
    save.hidden = false;
  };

  byId('training-form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    task.run(async (signal) => {
      const chosen = backend();
      if (chosen) await run(chosen, { signal, onProgress: showPhase });
    });
  });
  stop.addEventListener('click', () => {
    engine.ask('finish', {}).catch(showError);
  });
  save.addEventListener('click', () => {
    engine
      .ask('export', {})
      .then((zip) => saveFile('bundle.zip', new Blob([zip], { type: 'application/zip' })), showError);
  });

  return {
    update: (model) => {
      const missing = missingStep(painter, model !== undefined);
      train.disabled = missing !== undefined;
      byId('training-hint', HTMLElement).textContent = missing ?? '';
    },
    abort: task.abort,
  };
}

/** What is still to be done before the network can learn. */
function missingStep(painter: Painter, hasModel: boolean): string | undefined {
  if (!hasModel) return 'Bring a model first.';
  const classes = painter.classes();
  if (classes.some(({ name }) => name === '')) return 'Every class needs a name.';
  if (new Set(classes.map(({ name }) => name)).size < classes.length) return 'Two classes have the same name.';
  const painted = new Set(painter.examples().flatMap(({ painting }) => [...new Set(painting.pixels)]));
  const present = classes.filter(({ key }) => painted.has(key));
  return present.length < 2 ? 'Paint some of at least two classes: the network learns to tell them apart.' : undefined;
}

const paintedPhotos = (painter: Painter): readonly PaintedPhoto[] =>
  painter
    .examples()
    .filter((example) => paintedShare(example) > 0)
    .map(({ photo, painting }) => ({
      image: photo.image,
      mask: {
        width: painting.width,
        height: painting.height,
        data: toClassIds(painting.pixels, painter.classes()),
      },
    }));

/** Scoring the photos in between takes a moment only. */
const showPhase = (progress: Progress) => {
  if (progress.phase !== 'evaluate') showProgress(progress);
};

function showReport({ step, loss, accuracy }: TrainingReport, steps: number): void {
  const parts = [`Step ${step} of ${steps}`, `loss ${loss.toFixed(3)}`];
  byId('training-step', HTMLElement).textContent = parts.join(' · ');
  if (accuracy !== undefined)
    byId('training-accuracy', HTMLElement).textContent = `${percent.format(accuracy)} of painted pixels right`;
}

import type { LongRunningOptions, Progress } from '@atrous/core';
import { createBackendPicker } from './backend-picker.ts';
import { byId } from './dom.ts';
import { createEngine } from './engine/engine.ts';
import type { ModelSource } from './engine/model/open-model.ts';
import { createLatestTask } from './latest-task.ts';
import { showError, showProgress, showStatus } from './messages.ts';
import { createModelPicker, showModel } from './model-picker.ts';
import { showNextStep } from './next-step.ts';
import { decodePhoto, type Photo } from './photo.ts';
import { listenForFiles } from './photo-input.ts';
import { createResults } from './results.ts';
import { runWebcam } from './webcam-loop.ts';

/**
 * Connects the parts of the page.
 *
 * @param parameters of the page's address: `bundle` loads a model at once, `backend` is tried first, `software-webgl` lets WebGL be done in software.
 */
export function startApp(parameters: URLSearchParams): void {
  const engine = createEngine();
  const results = createResults();
  const { modelTask, pictureTask } = createTasks();
  let hasModel = false;
  let photo: Photo | undefined;

  const segment = (image: ImageBitmap, options: LongRunningOptions) => {
    const backend = backends.chosen();
    return hasModel && backend ? engine.ask('segment', { backend, image }, options) : undefined;
  };
  const segmentPhoto = () => {
    if (!photo) return showNextStep({ hasModel, hasPhoto: false });
    const { image, decodeMs } = photo;
    pictureTask.run(async (signal) => {
      const outcome = await segment(image, { signal, onProgress: showProgress });
      if (outcome) results.showClasses(outcome, decodeMs);
      else showNextStep({ hasModel, hasPhoto: true });
    });
  };
  const replacePhoto = (next: Photo | undefined) => {
    photo?.image.close();
    photo = next;
  };
  const openPhoto = (file: Blob) =>
    pictureTask.run(async () => {
      const decoded = await decodePhoto(file);
      replacePhoto(decoded);
      results.showPhoto(decoded);
      segmentPhoto();
    });
  const openModel = (source: ModelSource) =>
    modelTask.run(async (signal) => {
      showModel(await engine.ask('load', { source }, { signal, onProgress: showProgress }));
      hasModel = true;
      segmentPhoto();
    });

  const backends = createBackendPicker({
    available: (backend) => engine.ask('available', { backend }),
    onChange: segmentPhoto,
    wanted: parameters.get('backend'),
    softwareWebgl: parameters.has('software-webgl'),
  });
  listenForFiles({ onPhoto: openPhoto, onModel: (files) => openModel({ files }) });
  showNextStep({ hasModel, hasPhoto: false });
  createModelPicker(parameters.get('bundle'), openModel).catch(showError);
  byId('webcam', HTMLButtonElement).addEventListener('click', () => {
    replacePhoto(undefined);
    pictureTask.run((signal) => {
      // Frames come too fast to tell about each run; the first one compiles, and that is worth telling.
      const onProgress = (progress: Progress) => progress.phase !== 'run' && showProgress(progress);
      const options = { signal, onProgress };
      return runWebcam({ signal, results, segment: (image) => segment(image, options) });
    });
  });
}

/** Loading a model and working on a picture go on side by side; the cancel button ends both. */
function createTasks() {
  const cancel = byId('cancel', HTMLButtonElement);
  const running = new Set<string>();
  const onBusy = (name: string) => (busy: boolean) => {
    running[busy ? 'add' : 'delete'](name);
    cancel.hidden = running.size === 0;
  };
  const modelTask = createLatestTask(onBusy('model'), showError);
  const pictureTask = createLatestTask(onBusy('picture'), showError);
  cancel.addEventListener('click', () => {
    modelTask.abort();
    pictureTask.abort();
    showStatus('Stopped.');
  });
  return { modelTask, pictureTask };
}

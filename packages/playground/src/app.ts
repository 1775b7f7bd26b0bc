import type { LongRunningOptions, Progress } from '@atrous/core';
import { createBackendPicker } from './backend-picker.ts';
import { byId } from './dom.ts';
import { createEngine } from './engine/engine.ts';
import type { ModelSource } from './engine/model/open-model.ts';
import type { ModelSummary } from './engine/protocol.ts';
import { createLatestTask } from './latest-task.ts';
import { createLiveView } from './live-view.ts';
import { showError, showProgress, showStatus } from './messages.ts';
import { createModelPicker, showModel } from './model-picker.ts';
import { showNextStep } from './next-step.ts';
import { decodePhoto, type Photo } from './photo.ts';
import { listenForFiles } from './photo-input.ts';
import { createRefining } from './refine/refining.ts';
import { createResults } from './results.ts';
import { makeUpStreet } from './street-photo.ts';
import { createTeaching } from './teach/teaching.ts';
import { runWebcam } from './webcam-loop.ts';

/**
 * Connects the parts of the page.
 *
 * @param parameters of the page's address: `bundle` loads a model at once, `backend` is tried first, `software` lets WebGPU and WebGL be done in software.
 */
export function startApp(parameters: URLSearchParams): void {
  const engine = createEngine();
  const results = createResults();
  const { modelTask, pictureTask } = createTasks();
  let model: ModelSummary | undefined;
  let asksForModel = false;
  let photo: Photo | undefined;

  const segment = (image: ImageBitmap, refinable: boolean, options: LongRunningOptions) => {
    const backend = backends.chosen();
    return model && backend ? engine.ask('segment', { backend, image, refinable }, options) : undefined;
  };
  const segmentPhoto = () => {
    refining.forget();
    const hasModel = model !== undefined;
    if (teaching.isPainting() && photo)
      return showStatus('Choose a class and paint some of what shows it. A few strokes do.');
    if (!photo) return showNextStep({ hasModel, hasPhoto: false });
    const { image, decodeMs } = photo;
    pictureTask.run(async (signal) => {
      const refinable = refining.isOn();
      const options = { signal, onProgress: showProgress };
      const outcome = await segment(image, refinable, options);
      if (!outcome) return showNextStep({ hasModel, hasPhoto: true });
      results.showClasses(outcome, decodeMs);
      if (refinable) await refining.refine(outcome, options);
    });
  };
  const replacePhoto = (next: Photo | undefined) => {
    if (photo && photo !== next && !teaching.keeps(photo)) photo.image.close();
    photo = next;
  };
  const showPhoto = (next: Photo) => {
    replacePhoto(next);
    results.showPhoto(next);
    if (teaching.isPainting()) teaching.paint(next);
  };
  const openPhotos = (files: readonly Blob[]) =>
    pictureTask.run(async () => {
      // Several photos are to be painted on; one at a time is segmented.
      for (const file of teaching.isPainting() ? files : files.slice(0, 1)) showPhoto(await decodePhoto(file));
      segmentPhoto();
    });
  const useModel = (next: ModelSummary) => {
    model = next;
    showModel(next);
    teaching.useModel(next);
  };
  const openModel = (source: ModelSource) => {
    asksForModel = true;
    models.showSource(source);
    modelTask.run(async (signal) => {
      teaching.abort();
      useModel(await engine.ask('load', { source }, { signal, onProgress: showProgress }));
      segmentPhoto();
    });
  };

  const models = createModelPicker({
    wanted: parameters.get('bundle'),
    onChoose: openModel,
    onDefault: (source) => void (asksForModel || openModel(source)),
  });
  const backends = createBackendPicker({
    available: (backend) => engine.ask('available', { backend }),
    onChange: segmentPhoto,
    wanted: parameters.get('backend'),
    software: parameters.has('software'),
  });
  const teaching = createTeaching({
    engine,
    backend: backends.chosen,
    onShow: showPhoto,
    onToggle: () => {
      pictureTask.abort();
      if (photo) showPhoto(photo);
      segmentPhoto();
    },
    onTrained: useModel,
  });
  const refining = createRefining({
    engine,
    show: (outcome) => results.showClasses(outcome, photo?.decodeMs ?? 0),
    onMissing: () => photo && segmentPhoto(),
    onError: showError,
  });
  listenForFiles({ onPhotos: openPhotos, onModel: (files) => openModel({ files }) });
  byId('street', HTMLButtonElement).addEventListener('click', () =>
    pictureTask.run(async () => {
      showPhoto(await makeUpStreet());
      segmentPhoto();
    }),
  );
  showNextStep({ hasModel: false, hasPhoto: false });
  models.start().catch(showError);
  byId('webcam', HTMLButtonElement).addEventListener('click', () => {
    teaching.stopPainting();
    replacePhoto(undefined);
    refining.forget();
    pictureTask.run((signal) => {
      // Frames come too fast to tell about each run; the first one compiles, and that is worth telling.
      const onProgress = (progress: Progress) => progress.phase !== 'run' && showProgress(progress);
      const options = { signal, onProgress };
      const frames = refining.startFrames();
      const segmentFrame = (image: ImageBitmap) => {
        const refinable = frames.areRefined();
        const outcome = segment(image, refinable, options);
        return refinable ? outcome?.then((before) => frames.refine(before, options)) : outcome;
      };
      const wish = () => {
        const backend = backends.chosen();
        // a CRF needs what is only there when frames are segmented
        return model && backend && !frames.areRefined() ? { model, backend } : undefined;
      };
      const live = createLiveView({ engine, results, wish, options });
      return runWebcam({ signal, results, live, segment: segmentFrame });
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

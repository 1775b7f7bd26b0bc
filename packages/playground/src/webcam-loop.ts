import { byId, contextOf, element } from './dom.ts';
import type { Outcome } from './engine/protocol.ts';
import type { LiveView } from './live-view.ts';
import type { Results } from './results.ts';
import { createFrameMeter, openCamera } from './webcam.ts';

/** What the loop works with. */
export interface WebcamLoop {
  readonly signal: AbortSignal;
  readonly results: Results;
  /** Paints frames where that is possible; others are segmented. */
  readonly live: LiveView;
  /** Segments one frame; `undefined` while there is no model. Model and backend may change from frame to frame. */
  readonly segment: (image: ImageBitmap) => Promise<Outcome> | undefined;
}

/** Segments camera frames, one after the other, until aborted. Without a model it only shows them. */
export async function runWebcam({ signal, results, live, segment }: WebcamLoop): Promise<void> {
  const video = await openCamera(signal);
  const rate = byId('frame-rate', HTMLOutputElement);
  const cancel = byId('cancel', HTMLButtonElement);
  const meter = createFrameMeter();
  rate.hidden = false;
  cancel.textContent = 'Stop';
  try {
    for (let frames = 1; !signal.aborted; frames += 1) {
      if (!(await live.draw(video))) await showFrame(video, results, segment);
      const count = `${frames} frames, ${meter(performance.now()).toFixed(1)} per second`;
      rate.value = live.trouble === undefined ? count : `${count}, not painted on the graphics card: ${live.trouble}`;
      await nextFrame();
    }
  } finally {
    rate.hidden = true;
    cancel.textContent = 'Cancel';
  }
}

async function showFrame(video: HTMLVideoElement, results: Results, segment: WebcamLoop['segment']): Promise<void> {
  const start = performance.now();
  const frame = grabFrame(video);
  const bitmap = await createImageBitmap(frame);
  const grabMs = performance.now() - start;
  try {
    const outcome = await segment(bitmap);
    results.showPhoto({ image: frame, width: frame.width, height: frame.height });
    if (outcome) results.showClasses(outcome, grabMs);
  } finally {
    bitmap.close();
  }
}

/** The photo and its labels must be the same frame, so the video is copied before the network looks at it. */
function grabFrame(video: HTMLVideoElement): HTMLCanvasElement {
  const canvas = element('canvas', { width: video.videoWidth, height: video.videoHeight });
  contextOf(canvas).drawImage(video, 0, 0);
  return canvas;
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

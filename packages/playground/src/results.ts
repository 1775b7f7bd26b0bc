import { byId } from './dom.ts';
import { canvasPng, saveFile } from './download.ts';
import type { Outcome } from './engine/protocol.ts';
import { createLegend } from './legend.ts';
import { maskPng } from './mask-png.ts';
import { showError, showStatus } from './messages.ts';
import type { LegendEntry } from './overlay.ts';
import { createStage, type Picture } from './stage.ts';
import { formatMilliseconds, showTimes } from './times.ts';

/** Everything that shows a segmentation: the picture, the classes, the times, the downloads. */
export interface Results {
  showPhoto(picture: Picture): void;
  /** Shows a canvas that photo and classes are painted on elsewhere. */
  showLive(canvas: HTMLCanvasElement, size: Pick<Picture, 'width' | 'height'>): void;
  /** Classes on that canvas. */
  showLegend(entries: readonly LegendEntry[]): void;
  /** How much of the class colours is to cover the photo, 0 … 1. */
  opacity(): number;
  /** @param decodeMs time it took to decode the photo or to grab the frame. */
  showClasses(outcome: Outcome, decodeMs: number): void;
}

/** Connects the views with each other: pointing at a class in one marks it in the other. */
export function createResults(): Results {
  const legend = createLegend((id) => stage.highlight(id));
  const stage = createStage((id) => legend.point(id));
  const panels = document.querySelectorAll<HTMLElement>('[data-shows-result]');
  const showPanels = (on: boolean) => panels.forEach((panel) => (panel.hidden = !on));
  let shown: Outcome | undefined;

  byId('download-mask', HTMLButtonElement).addEventListener('click', () => {
    if (shown) saveFile('mask.png', maskPng(shown));
  });
  byId('download-overlay', HTMLButtonElement).addEventListener('click', () => {
    canvasPng(stage.blended()).then((png) => saveFile('overlay.png', png), showError);
  });

  return {
    showPhoto: (picture) => {
      stage.showPhoto(picture);
      showPanels(false);
    },
    showLive: (canvas, size) => {
      stage.showLive(canvas, size);
      // there is no picture to download
      for (const panel of panels) panel.hidden ||= panel.dataset['showsResult'] !== 'live';
      showStatus('Painted on the graphics card.');
    },
    showLegend: (entries) => {
      for (const panel of panels) panel.hidden &&= panel.dataset['showsResult'] !== 'live';
      legend.show(entries);
    },
    opacity: () => stage.opacity(),
    showClasses: (outcome, decodeMs) => {
      shown = outcome;
      showPanels(true);
      stage.showLabels(outcome);
      legend.show(outcome.legend);
      const { preprocess, network, postprocess, crf } = outcome.times;
      showTimes({
        ...{ Decode: decodeMs, Preprocess: preprocess, Network: network, Postprocess: postprocess },
        ...(crf !== undefined && { 'Dense CRF': crf }),
      });
      const megabytes = (outcome.memory.bytes / 1e6).toFixed(1);
      byId('memory', HTMLElement).textContent =
        `${outcome.memory.tensors} tensors, ${megabytes} MB on ${outcome.runtime}`;
      showStatus(`Done. Compiled in ${formatMilliseconds(outcome.compileMs)}.`);
    },
  };
}

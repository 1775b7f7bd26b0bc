import { byId, contextOf, element } from './dom.ts';
import { labelAnchors } from './label-anchors.ts';
import { displaySize, overlayPixels, type LabelledPicture } from './overlay.ts';

/** Anything a canvas can draw, with its size in pixels. */
export interface Picture {
  readonly image: CanvasImageSource;
  readonly width: number;
  readonly height: number;
}

/** The photo with the classes over it. */
export interface Stage {
  showPhoto(picture: Picture): void;
  showLabels(picture: LabelledPicture): void;
  /** A canvas that others paint photo and classes on, instead. */
  showLive(canvas: HTMLCanvasElement, size: Pick<Picture, 'width' | 'height'>): void;
  /** How much of the class colours covers the photo, 0 … 1. */
  opacity(): number;
  /** Lets one class stand out; `undefined` shows all alike. */
  highlight(id: number | undefined): void;
  /** The photo at display size with the overlay at its present opacity. */
  blended(): HTMLCanvasElement;
}

/** @param onPoint gets the class under the pointer, `undefined` when it leaves the picture. */
export function createStage(onPoint: (id: number | undefined) => void): Stage {
  const photo = byId('photo', HTMLCanvasElement);
  const overlay = byId('overlay', HTMLCanvasElement);
  const figure = byId('picture', HTMLElement);
  const opacity = byId('opacity', HTMLInputElement);
  const showsOverlay = byId('show-overlay', HTMLInputElement);
  const names = byId('names', HTMLDivElement);
  const showsNames = byId('show-names', HTMLInputElement);
  let labelled: LabelledPicture | undefined;
  let live: HTMLCanvasElement | undefined;

  const applyView = () => {
    overlay.hidden = !labelled || !showsOverlay.checked;
    overlay.style.opacity = opacity.value;
    names.hidden = !labelled || !showsNames.checked;
  };
  for (const control of [opacity, showsOverlay, showsNames]) control.addEventListener('input', applyView);

  figure.addEventListener('pointermove', (event) => {
    if (labelled) onPoint(labelAt(labelled, overlay.getBoundingClientRect(), event));
  });
  figure.addEventListener('pointerleave', () => onPoint(undefined));

  const paint = (id?: number) => {
    if (labelled) contextOf(overlay).putImageData(overlayPixels(labelled, overlay, id), 0, 0);
  };

  const open = ({ width, height }: Pick<Picture, 'width' | 'height'>, canvas?: HTMLCanvasElement) => {
    labelled = undefined;
    live?.remove();
    live = canvas;
    if (live) photo.after(live);
    figure.style.setProperty('--ratio', String(width / height));
    figure.hidden = false;
    byId('invitation', HTMLElement).hidden = true;
    applyView();
  };

  return {
    showPhoto: (picture) => {
      Object.assign(photo, displaySize(picture.width, picture.height));
      contextOf(photo).drawImage(picture.image, 0, 0, photo.width, photo.height);
      open(picture);
    },
    showLive: (canvas, size) => open(size, canvas),
    opacity: () => (showsOverlay.checked ? Number(opacity.value) : 0),
    showLabels: (picture) => {
      labelled = picture;
      Object.assign(overlay, displaySize(picture.width, picture.height));
      paint();
      overlay.ariaLabel = `Classes over the photo: ${picture.legend.map(({ name }) => name).join(', ')}`;
      names.replaceChildren(...nameTags(picture));
      applyView();
    },
    highlight: (id) => {
      paint(id);
      names.toggleAttribute('data-highlighted', id !== undefined);
      for (const tag of names.querySelectorAll('span'))
        tag.toggleAttribute('data-highlighted', tag.dataset['id'] === String(id));
    },
    blended: () => blend(photo, overlay, Number(opacity.value)),
  };
}

function nameTags(picture: LabelledPicture): readonly HTMLElement[] {
  return labelAnchors(picture).map(({ id, name, x, y }) => {
    const tag = element('span', { textContent: name });
    tag.dataset['id'] = String(id);
    // Tags near the border move inwards, so that they are not cut off.
    tag.style.left = `clamp(2.5em, ${(x * 100).toFixed(2)}%, 100% - 2.5em)`;
    tag.style.top = `clamp(1em, ${(y * 100).toFixed(2)}%, 100% - 1em)`;
    return tag;
  });
}

function labelAt(picture: LabelledPicture, box: DOMRect, event: PointerEvent): number | undefined {
  const x = Math.floor(((event.clientX - box.left) / box.width) * picture.width);
  const y = Math.floor(((event.clientY - box.top) / box.height) * picture.height);
  return picture.labels[y * picture.width + x];
}

function blend(photo: HTMLCanvasElement, overlay: HTMLCanvasElement, alpha: number): HTMLCanvasElement {
  const canvas = element('canvas', { width: photo.width, height: photo.height });
  const context = contextOf(canvas);
  context.drawImage(photo, 0, 0);
  context.globalAlpha = alpha;
  context.drawImage(overlay, 0, 0, canvas.width, canvas.height);
  return canvas;
}

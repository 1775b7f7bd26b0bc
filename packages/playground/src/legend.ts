import { byId, element } from './dom.ts';
import type { LegendEntry } from './overlay.ts';

/** The list of classes. */
export interface Legend {
  show(entries: readonly LegendEntry[]): void;
  /** Marks the class under the pointer. */
  point(id: number | undefined): void;
}

const percent = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** @param onHighlight gets the class to let stand out: hovered or focused, else the one clicked. */
export function createLegend(onHighlight: (id: number | undefined) => void): Legend {
  const list = byId('legend', HTMLUListElement);
  let pinned: number | undefined;
  const buttons = () => [...list.querySelectorAll('button')];
  const pin = (id: number) => {
    pinned = pinned === id ? undefined : id;
    for (const button of buttons()) button.ariaPressed = String(Number(button.value) === pinned);
    onHighlight(pinned);
  };

  const createButton = (entry: LegendEntry) => {
    const swatch = element('span', { className: 'swatch' });
    swatch.style.background = `rgb(${entry.color.join(' ')})`;
    const share = element('span', { className: 'share', textContent: percent.format(entry.share) });
    const button = element('button', { type: 'button', value: String(entry.id) }, swatch, entry.name, share);
    button.ariaPressed = String(entry.id === pinned);
    button.addEventListener('click', () => pin(entry.id));
    for (const enter of ['pointerenter', 'focus']) button.addEventListener(enter, () => onHighlight(entry.id));
    for (const leave of ['pointerleave', 'blur']) button.addEventListener(leave, () => onHighlight(pinned));
    return button;
  };

  const update = (entries: readonly LegendEntry[]) => {
    const present = buttons();
    // Webcam frames arrive many times a second: rows that stay keep the pointer and the keyboard focus.
    const same = present.length === entries.length && entries.every(({ id }, i) => Number(present[i]?.value) === id);
    if (!same) list.replaceChildren(...entries.map((entry) => element('li', {}, createButton(entry))));
    else entries.forEach(({ share }, i) => present[i]?.lastElementChild?.replaceChildren(percent.format(share)));
  };

  return {
    show: (entries) => {
      if (!entries.some(({ id }) => id === pinned)) pinned = undefined;
      update(entries);
      if (pinned !== undefined) onHighlight(pinned);
    },
    point: (id) => {
      for (const button of buttons()) button.toggleAttribute('data-pointed', Number(button.value) === id);
    },
  };
}

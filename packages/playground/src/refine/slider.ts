import { element } from '../dom.ts';
import type { Setting } from './settings.ts';

/** A slider with its name, its value and what it means. */
export interface Slider {
  readonly row: HTMLElement;
  value(): number;
  set(value: number): void;
}

/** @param onInput hears of every step of a drag, and of the arrow keys. @param onReset of double clicks. */
export function createSlider(setting: Setting, onInput: () => void, onReset: () => void): Slider {
  const { name, symbol, meaning, min, max, step } = setting;
  const id = `crf-${name}`;
  const input = element('input', { type: 'range', id, min: String(min), max: String(max), step: String(step) });
  const shown = element('output', { id: `${id}-value` });
  shown.htmlFor.add(id);
  // The slider says its value itself.
  shown.ariaLive = 'off';
  const note = element('small', { id: `${id}-note`, textContent: symbol ? `${symbol}: ${meaning}` : meaning });
  input.setAttribute('aria-describedby', note.id);
  const show = () => (shown.value = input.value);
  input.addEventListener('input', () => {
    show();
    onInput();
  });
  input.addEventListener('dblclick', onReset);
  return {
    row: element('div', { className: 'slider' }, element('label', { htmlFor: id }, name), shown, input, note),
    value: () => input.valueAsNumber,
    set: (value) => {
      input.value = String(value);
      show();
    },
  };
}

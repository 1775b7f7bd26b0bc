import { byId, element } from '../dom.ts';
import { hexOf, type PaintClass } from './paint-class.ts';

/** The classes as a row of buttons above the picture, where the hand is while it paints. */
export interface ClassChips {
  show(classes: readonly PaintClass[], chosen: number | undefined): void;
}

/** @param onChoose gets the key of the class to paint with. */
export function createClassChips(onChoose: (key: number) => void): ClassChips {
  const row = byId('class-chips', HTMLElement);
  return {
    show: (classes, chosen) =>
      row.replaceChildren(
        ...classes.map(({ key, name, color }) => {
          const swatch = element('span', { className: 'swatch' });
          swatch.style.background = hexOf(color);
          const chip = element('button', { type: 'button', value: String(key) }, swatch, name);
          chip.ariaPressed = String(key === chosen);
          chip.addEventListener('click', () => onChoose(key));
          return chip;
        }),
      ),
  };
}

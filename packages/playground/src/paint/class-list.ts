import type { LabelClass } from '@atrous/core';
import { byId, element } from '../dom.ts';
import { createClassChips } from './class-chips.ts';
import { colorOf, colorOfHex, freeKey, hexOf, type PaintClass } from './paint-class.ts';

/** The classes to paint with, as a person edits them. */
export interface ClassList {
  readonly all: () => readonly PaintClass[];
  /** The class to paint with. */
  readonly chosen: () => PaintClass | undefined;
  /** Replaces the list. Classes whose names stay keep their paint. */
  readonly take: (classes: readonly LabelClass[]) => void;
}

/** Who hears of changes. */
export interface ClassListOptions {
  /** Names, colours or members changed. */
  readonly onChange: () => void;
  /** The class with that key is gone; another one may get its key. */
  readonly onRemove: (key: number) => void;
}

/** Two classes to begin with: the one to find, and everything else. */
const firstClasses: readonly PaintClass[] = [
  { key: 0, name: 'background', color: [128, 128, 128] },
  { key: 1, name: 'object', color: colorOf(0) },
];

/** Shows the list, its fields and its buttons. */
export function createClassList({ onChange, onRemove }: ClassListOptions): ClassList {
  const list = byId('paint-classes', HTMLUListElement);
  const add = byId('add-class', HTMLButtonElement);
  let classes = firstClasses;
  let chosenKey: number | undefined = 1;

  const update = (next: readonly PaintClass[]) => {
    classes = next;
    add.disabled = freeKey(classes) === undefined;
    chips.show(classes, chosenKey);
    onChange();
  };
  const change = (key: number, changes: Partial<PaintClass>) =>
    update(classes.map((entry) => (entry.key === key ? { ...entry, ...changes } : entry)));
  const remove = (key: number) => {
    onRemove(key);
    update(classes.filter((entry) => entry.key !== key));
    if (chosenKey === key) chosenKey = classes[0]?.key;
    show();
  };
  const choose = (key: number) => {
    chosenKey = key;
    chips.show(classes, chosenKey);
  };
  const show = () => {
    chips.show(classes, chosenKey);
    list.replaceChildren(
      ...classes.map((entry) => createRow(entry, { isChosen: entry.key === chosenKey, choose, change, remove })),
    );
  };
  const chips = createClassChips((key) => {
    choose(key);
    show();
  });

  add.addEventListener('click', () => {
    const key = freeKey(classes);
    if (key === undefined) return;
    chosenKey = key;
    update([...classes, { key, name: `class ${classes.length}`, color: colorOf(key) }]);
    show();
    list.querySelector<HTMLInputElement>('li:last-child input[type="text"]')?.select();
  });
  show();

  return {
    all: () => classes,
    chosen: () => classes.find(({ key }) => key === chosenKey),
    take: (wanted) => {
      const kept = wanted.flatMap(({ name }) => classes.find((entry) => entry.name === name) ?? []);
      for (const entry of classes) if (!kept.includes(entry)) onRemove(entry.key);
      update(withKeys(wanted, kept));
      chosenKey = classes[0]?.key;
      show();
    },
  };
}

/** Classes with the keys that those of the same names have, and free keys for the others. */
function withKeys(wanted: readonly LabelClass[], known: readonly PaintClass[]): readonly PaintClass[] {
  const made: PaintClass[] = [];
  for (const { name, color } of wanted) {
    const key = known.find((entry) => entry.name === name)?.key ?? freeKey([...known, ...made]);
    if (key !== undefined) made.push({ key, name, color });
  }
  return made;
}

interface RowOptions {
  readonly isChosen: boolean;
  readonly choose: (key: number) => void;
  readonly change: (key: number, changes: Partial<PaintClass>) => void;
  readonly remove: (key: number) => void;
}

function createRow({ key, name, color }: PaintClass, { isChosen, choose, change, remove }: RowOptions): HTMLElement {
  const radio = element('input', { type: 'radio', name: 'paint-class', value: String(key), checked: isChosen });
  const swatch = element('input', { type: 'color', value: hexOf(color) });
  const text = element('input', { type: 'text', value: name, required: true });
  const gone = element('button', { type: 'button', textContent: '×', className: 'quiet' });
  radio.ariaLabel = `Paint ${name}`;
  swatch.ariaLabel = `Colour of ${name}`;
  text.ariaLabel = `Name of ${name}`;
  gone.ariaLabel = `Remove ${name} and its paint`;
  const chooseThis = () => {
    radio.checked = true;
    choose(key);
  };
  radio.addEventListener('change', chooseThis);
  text.addEventListener('focus', chooseThis);
  text.addEventListener('input', () => change(key, { name: text.value.trim() }));
  swatch.addEventListener('input', () => change(key, { color: colorOfHex(swatch.value) }));
  gone.addEventListener('click', () => remove(key));
  return element('li', {}, radio, swatch, text, gone);
}

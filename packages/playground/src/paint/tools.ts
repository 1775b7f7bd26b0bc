import { byId } from '../dom.ts';

/** What the pointer does to a painting. */
export type Tool = 'brush' | 'fill' | 'eraser';

/** The tools above the picture. */
export interface Tools {
  chosen(): Tool;
  /** Of brush and eraser, in pixels of the screen. */
  diameter(): number;
  show(on: boolean): void;
}

/** What the buttons beside the tools do. */
export interface ToolActions {
  readonly onUndo: () => void;
  readonly onClear: () => void;
}

const isTool = (value: string | undefined): value is Tool =>
  value === 'brush' || value === 'fill' || value === 'eraser';

/** Connects the tools; Ctrl+Z or ⌘Z undoes as the button does. */
export function createTools({ onUndo, onClear }: ToolActions): Tools {
  const bar = byId('paint-tools', HTMLElement);
  const size = byId('brush-size', HTMLInputElement);
  byId('undo', HTMLButtonElement).addEventListener('click', onUndo);
  byId('clear', HTMLButtonElement).addEventListener('click', onClear);
  document.addEventListener('keydown', (event) => {
    const isText = event.target instanceof HTMLInputElement && event.target.type === 'text';
    if (bar.hidden || isText || event.key !== 'z' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onUndo();
  });
  return {
    chosen: () => {
      const value = bar.querySelector<HTMLInputElement>('input[name="tool"]:checked')?.value;
      return isTool(value) ? value : 'brush';
    },
    diameter: () => Number(size.value),
    show: (on) => (bar.hidden = !on),
  };
}

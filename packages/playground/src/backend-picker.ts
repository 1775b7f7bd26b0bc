import type { Availability } from '@atrous/core';
import { byId, element } from './dom.ts';
import type { BackendId } from './engine/backends.ts';

/** A backend as people choose it: its name in the page's address, and its label. */
interface Choice {
  readonly name: string;
  readonly label: string;
  readonly backend: BackendId;
}

/** Fastest first. */
const choices = (software: boolean): readonly Choice[] => [
  { name: 'auto', label: 'Fastest here', backend: 'auto' },
  { name: 'webgpu', label: 'WebGPU', backend: software ? 'webgpu-software' : 'webgpu' },
  { name: 'simd', label: 'WASM, own engine', backend: 'simd' },
  { name: 'webgl', label: 'WebGL', backend: software ? 'webgl-software' : 'webgl' },
  { name: 'wasm', label: 'WASM, TensorFlow.js', backend: 'wasm' },
  { name: 'cpu', label: 'Plain JavaScript', backend: 'cpu' },
];

interface Row {
  readonly choice: Choice;
  readonly radio: HTMLInputElement;
  readonly note: HTMLElement;
}

/** Radio buttons of the backends. */
export interface BackendPicker {
  /** The chosen backend; `undefined` until one turned out to work. */
  readonly chosen: () => BackendId | undefined;
}

/** Where the picker gets its facts and whom it tells. */
export interface BackendPickerOptions {
  readonly available: (backend: BackendId) => Promise<Availability>;
  readonly onChange: () => void;
  /** Name of the backend to ask first. */
  readonly wanted: string | null;
  /** Offer WebGPU and WebGL where they are done in software. */
  readonly software: boolean;
}

/** Asks each backend in turn whether it works here, says why not, and chooses the first that does. */
export function createBackendPicker(options: BackendPickerOptions): BackendPicker {
  const rows = choices(options.software).map(createRow);
  byId('backends', HTMLDivElement).append(
    ...rows.map(({ choice, radio, note }) =>
      element('div', { className: 'backend' }, radio, element('label', { htmlFor: radio.id }, choice.label), note),
    ),
  );
  for (const { radio } of rows) radio.addEventListener('change', options.onChange);
  void probe(rows, options);
  return { chosen: () => rows.find(({ radio }) => radio.checked)?.choice.backend };
}

function createRow(choice: Choice): Row {
  const { name } = choice;
  const note = element('small', { id: `backend-${name}-note`, textContent: 'checking …' });
  const radio = element('input', { type: 'radio', name: 'backend', id: `backend-${name}`, disabled: true });
  radio.setAttribute('aria-describedby', note.id);
  return { choice, radio, note };
}

async function probe(rows: readonly Row[], { available, onChange, wanted }: BackendPickerOptions): Promise<void> {
  const wantedFirst = rows.toSorted((a, b) => Number(b.choice.name === wanted) - Number(a.choice.name === wanted));
  for (const row of wantedFirst) {
    if (!(await probeRow(row, available)) || rows.some(({ radio }) => radio.checked)) continue;
    row.radio.checked = true;
    onChange();
  }
}

async function probeRow({ choice, radio, note }: Row, available: BackendPickerOptions['available']): Promise<boolean> {
  const answer = await available(choice.backend).catch((error: unknown): Availability => ({
    available: false,
    reason: `its code did not load: ${String(error)}`,
    hint: 'reload the page',
  }));
  radio.disabled = !answer.available;
  note.textContent = answer.available ? answer.detail : `${answer.reason}; ${answer.hint}`;
  return answer.available;
}

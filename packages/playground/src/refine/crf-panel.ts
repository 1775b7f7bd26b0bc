import { crfPresets, type CrfPresetName } from '@atrous/crf';
import { byId, element } from '../dom.ts';
import { createSlider, type Slider } from './slider.ts';
import { crfSliders, presetOf, presetTitles, type CrfSettings } from './settings.ts';

/** The switch, the sliders and the words beside them. */
export interface CrfPanel {
  readonly isOn: () => boolean;
  settings(): CrfSettings;
  /** Whether the network's own labels are to be seen. */
  showsBefore(): boolean;
  /** Whether labels for the settings are being computed. */
  showBusy(busy: boolean): void;
  /** What became of it, in words. */
  note(text: string): void;
}

/** Whom the panel tells. */
export interface CrfPanelOptions {
  readonly onSwitch: () => void;
  readonly onSettings: (settings: CrfSettings) => void;
  readonly onCompare: () => void;
}

const firstPreset: CrfPresetName = 'deeplab-v2';

/** Connects the panel. Moving a slider shows what it does: the labels from before give way. */
export function createCrfPanel({ onSwitch, onSettings, onCompare }: CrfPanelOptions): CrfPanel {
  const toggle = byId('refine-edges', HTMLInputElement);
  const controls = byId('crf-controls', HTMLElement);
  const presets = byId('crf-preset', HTMLSelectElement);
  const before = byId('show-before', HTMLButtonElement);
  const note = byId('crf-note', HTMLElement);
  let chosen = firstPreset;

  const settings = () =>
    Object.fromEntries(crfSliders.map(({ name }, i) => [name, (sliders[i] as Slider).value()])) as CrfSettings;
  const change = () => {
    before.ariaPressed = 'false';
    presets.value = presetOf(settings()) ?? 'custom';
    onSettings(settings());
  };
  const sliders: readonly Slider[] = crfSliders.map((setting, i) =>
    createSlider(setting, change, () => {
      sliders[i]?.set(crfPresets[chosen][setting.name]);
      change();
    }),
  );
  const take = () => crfSliders.forEach(({ name }, i) => sliders[i]?.set(crfPresets[chosen][name]));

  byId('crf-sliders', HTMLElement).append(...sliders.map(({ row }) => row));
  presets.append(
    ...Object.entries(presetTitles).map(([value, textContent]) => element('option', { value, textContent })),
    // Sliders choose it.
    element('option', { value: 'custom', textContent: 'Custom', disabled: true }),
  );
  take();
  toggle.addEventListener('change', () => {
    controls.hidden = !toggle.checked;
    before.ariaPressed = 'false';
    onSwitch();
  });
  presets.addEventListener('change', () => {
    chosen = presets.value as CrfPresetName;
    take();
    change();
  });
  byId('crf-reset', HTMLButtonElement).addEventListener('click', () => {
    take();
    change();
  });
  before.addEventListener('click', () => {
    before.ariaPressed = String(before.ariaPressed !== 'true');
    onCompare();
  });

  return {
    isOn: () => toggle.checked,
    settings,
    showsBefore: () => before.ariaPressed === 'true',
    showBusy: (busy) => (controls.ariaBusy = String(busy)),
    note: (text) => (note.textContent = text),
  };
}

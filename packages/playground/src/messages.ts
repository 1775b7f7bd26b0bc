import type { Progress } from '@atrous/core';
import { byId } from './dom.ts';

const phases: Readonly<Record<string, string>> = {
  fetch: 'Loading the model',
  read: 'Loading the model',
  compile: 'Compiling the network',
  run: 'Running the network',
  preprocess: 'Preparing the photos',
  train: 'Training',
  prepare: 'Preparing the CRF',
  infer: 'Refining edges',
};

/** What the page is doing. `completed` of `total` moves the bar; without a total it only shows that something happens. */
export function showProgress({ phase, completed, total }: Progress): void {
  const bar = byId('progress', HTMLProgressElement);
  byId('status-text', HTMLElement).textContent = `${phases[phase] ?? phase} …`;
  bar.hidden = false;
  if (total) Object.assign(bar, { max: total, value: completed });
  else bar.removeAttribute('value');
}

/** A finished state in words. */
export function showStatus(text: string): void {
  byId('status-text', HTMLElement).textContent = text;
  byId('progress', HTMLProgressElement).hidden = true;
}

/** What went wrong, with the next step where the error carries one; `undefined` takes the message away. */
export function showError(error?: unknown): void {
  byId('error', HTMLElement).hidden = error === undefined;
  if (error === undefined) return;
  showStatus('');
  const { message, hint } = (
    error instanceof Error ? error : new Error('something was thrown that is no error', { cause: error })
  ) as Error & { hint?: string };
  byId('error-message', HTMLElement).textContent = message;
  byId('error-hint', HTMLElement).textContent = hint ?? '';
}

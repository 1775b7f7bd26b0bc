import { byId, element } from './dom.ts';

/** Milliseconds of each step, by what the page calls it. */
export type Times = Readonly<Record<string, number>>;

/** Lists steps in order, and their sum. */
export function showTimes(times: Times): void {
  const total = Object.values(times).reduce((sum, milliseconds) => sum + milliseconds, 0);
  byId('times', HTMLDListElement).replaceChildren(
    ...Object.entries(times).flatMap(([step, milliseconds]) => row(step, milliseconds)),
    ...row('Total', total, 'total'),
  );
}

const row = (step: string, milliseconds: number, className = '') => [
  element('dt', { className, textContent: step }),
  element('dd', { className, textContent: formatMilliseconds(milliseconds) }),
];

/** `0.4 ms`, `12 ms`, `3.20 s`. */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`;
  return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
}

import { formatPercent } from '../../format.ts';
import { entriesOf, type EvaluationEntry, type LogEntry } from '../log/log-entry.ts';
import { renderCurves } from './render-curves.ts';

/** What {@link renderPage} shows besides the curves. */
export interface PageOptions {
  readonly title: string;
  /** The run's configuration, shown as it is. */
  readonly config: unknown;
  readonly entries: readonly LogEntry[];
}

/** Seconds after which the page of a run that goes on loads itself again. */
const REFRESH = 10;

const STYLE = `
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, sans-serif; color: #222; max-width: 860px; margin: 24px auto; padding: 0 16px; }
h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 16px; margin: 28px 0 8px; }
svg { display: block; width: 100%; height: auto; }
table { border-collapse: collapse; } th, td { padding: 3px 20px 3px 0; text-align: left; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
td.bar { width: 260px; } td.bar div { height: 10px; background: #1b7f4d; border-radius: 2px; min-width: 1px; }
pre { background: #f4f5f7; padding: 12px; overflow: auto; font-size: 13px; border-radius: 4px; }
.state { color: #555; margin: 0 0 16px; }`;

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function stateOf(entries: readonly LogEntry[]): string {
  const last = entries.at(-1);
  const steps = entriesOf(entries, 'start').at(-1)?.steps ?? 0;
  const step = last?.step ?? 0;
  if (last?.event !== 'end') return `running, step ${step} of ${steps}`;
  return `${last.reason} at step ${step} of ${steps}`;
}

function classTable({ step, images, meanIou, pixelAccuracy, iou }: EvaluationEntry): string {
  const rows = Object.entries(iou).map(
    ([name, share]) =>
      `<tr><td>${escape(name)}</td><td class="number">${formatPercent(share)}</td>` +
      `<td class="bar"><div style="width:${(100 * (share ?? 0)).toFixed(1)}%"></div></td></tr>`,
  );
  return [
    `<h2>Step ${step}: mean IoU ${formatPercent(meanIou)}, pixel accuracy ${formatPercent(pixelAccuracy)}, on ${images} images</h2>`,
    '<table><thead><tr><th>class</th><th>IoU</th><th></th></tr></thead><tbody>',
    ...rows,
    '</tbody></table>',
  ].join('\n');
}

/** The class scores of the evaluation with the highest mean, or nothing when there is none yet. */
function bestScores(entries: readonly LogEntry[]): string {
  const evaluations = entriesOf(entries, 'evaluation');
  const [best] = evaluations.toSorted((a, b) => (b.meanIou ?? 0) - (a.meanIou ?? 0));
  return best === undefined ? '' : classTable(best);
}

/** A page without scripts or links: curves, class scores and configuration of a run. Loads itself again while the run goes on. */
export function renderPage({ title, config, entries }: PageOptions): string {
  const isRunning = entries.at(-1)?.event !== 'end';
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    ...(isRunning ? [`<meta http-equiv="refresh" content="${REFRESH}">`] : []),
    `<title>${escape(title)}</title><style>${STYLE}</style></head><body>`,
    `<h1>${escape(title)}</h1>`,
    `<p class="state">${escape(stateOf(entries))}</p>`,
    renderCurves('Curves', entries),
    bestScores(entries),
    '<h2>Configuration</h2>',
    `<pre>${escape(JSON.stringify(config, undefined, 2))}</pre>`,
    '</body></html>',
    '',
  ].join('\n');
}

import { formatPercent } from '../format.ts';
import { formatTable } from '../table.ts';
import { FIXED } from './measure.ts';
import type { Metric } from './metric.ts';
import type { Setting } from './setting.ts';
import type { TuningReport } from './tune.ts';

/** Settings that are shown; all are in the log. */
const SHOWN = 12;

const nameOf = (metric: Metric): string =>
  metric.name === 'miou' ? 'mean IoU' : `mean IoU within ${metric.width} pixels of borders`;

const valuesOf = ({ bilateralWeight, bilateralXyStd, bilateralRgbStd }: Setting): readonly string[] =>
  [bilateralWeight, bilateralXyStd, bilateralRgbStd].map(String);

const columns = (...others: readonly string[]) =>
  ['bilateralWeight', 'bilateralXyStd', 'bilateralRgbStd', ...others].map((title) => ({ title, numeric: true }));

function formatSummary({ images, withoutCrf, best, crossValidated }: TuningReport, metric: Metric): string {
  const rows = [
    ['without the CRF', formatPercent(withoutCrf)],
    ['with the best setting', formatPercent(best.score)],
    ...(crossValidated === null ? [] : [['cross-validated', formatPercent(crossValidated)]]),
  ];
  return formatTable([{ title: `${nameOf(metric)}, over ${images} images` }, { title: '', numeric: true }], rows);
}

/** What `atrous segment` and `atrous evaluate` take to use a setting. */
function flagsFor({ bilateralWeight, bilateralXyStd, bilateralRgbStd }: Setting, iterations: number): string {
  const parameters = { bilateralWeight, bilateralXyStd, bilateralRgbStd, ...FIXED, iterations };
  return ['--crf', ...Object.entries(parameters).map(([name, value]) => `--crf-set ${name}=${value}`)].join(' ');
}

/** What was tuned for, and how. */
interface Tuning {
  readonly metric: Metric;
  /** Of mean field. */
  readonly iterations: number;
}

/** The tables a person reads: the best settings, what each fold chose, the scores before and after, and how to use the best setting. */
export function formatTuning(report: TuningReport, { metric, iterations }: Tuning): string {
  const { settings, folds } = report;
  const shown = settings.slice(0, SHOWN).map((setting) => [...valuesOf(setting), formatPercent(setting.score)]);
  const chosen = folds.map((fold) => [...valuesOf(fold), String(fold.images), formatPercent(fold.score)]);
  return [
    formatTable(columns(nameOf(metric)), shown),
    ...(folds.length === 0
      ? []
      : [`chosen without some of the images, and scored on those\n${formatTable(columns('images', 'score'), chosen)}`]),
    formatSummary(report, metric),
    `for \`atrous segment\` and \`atrous evaluate\`: ${flagsFor(report.best, iterations)}`,
  ].join('\n\n');
}

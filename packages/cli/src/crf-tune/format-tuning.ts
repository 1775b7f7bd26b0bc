import { formatPercent } from '../format.ts';
import { formatTable } from '../table.ts';
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

/** The tables a person reads: the best settings, what each fold chose, and the scores before and after. */
export function formatTuning(report: TuningReport, metric: Metric): string {
  const { settings, folds } = report;
  const shown = settings.slice(0, SHOWN).map((setting) => [...valuesOf(setting), formatPercent(setting.score)]);
  const chosen = folds.map((fold) => [...valuesOf(fold), String(fold.images), formatPercent(fold.score)]);
  return [
    formatTable(columns(nameOf(metric)), shown),
    ...(folds.length === 0
      ? []
      : [`chosen without some of the images, and scored on those\n${formatTable(columns('images', 'score'), chosen)}`]),
    formatSummary(report, metric),
  ].join('\n\n');
}

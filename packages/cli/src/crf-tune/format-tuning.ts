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

const PARAMETERS = ['bilateralWeight', 'bilateralXyStd', 'bilateralRgbStd'] as const;

const valuesOf = (setting: Setting): readonly string[] => PARAMETERS.map((name) => String(setting[name]));

const columns = (...others: readonly string[]) => [...PARAMETERS, ...others].map((title) => ({ title, numeric: true }));

/** Neighbouring settings often differ by less than a tenth of a percent. */
const formatScore = (share: number): string => formatPercent(share, 2);

function formatSummary({ images, withoutCrf, best, crossValidated }: TuningReport, metric: Metric): string {
  const rows = [
    ['without the CRF', formatScore(withoutCrf)],
    ['with the best setting', formatScore(best.score)],
    ...(crossValidated === null ? [] : [['cross-validated', formatScore(crossValidated)]]),
  ];
  return formatTable([{ title: `${nameOf(metric)}, over ${images} images` }, { title: '', numeric: true }], rows);
}

/** Parameters whose best value is the last that was tried. */
function openEnds({ best, settings }: TuningReport): readonly string[] {
  return PARAMETERS.flatMap((name) => {
    const tried = settings.map((setting) => setting[name]);
    const [least, most] = [Math.min(...tried), Math.max(...tried)];
    if (least === most || (best[name] !== least && best[name] !== most)) return [];
    const [end, beyond] = best[name] === least ? ['least', 'smaller'] : ['greatest', 'greater'];
    return [`the best ${name}, ${best[name]}, is the ${end} that was tried: ${beyond} ones may be better`];
  });
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
  const warnings = [
    ...(report.best.score > report.withoutCrf ? [] : ['no setting is better than no CRF']),
    ...openEnds(report),
  ];
  const shown = settings.slice(0, SHOWN).map((setting) => [...valuesOf(setting), formatScore(setting.score)]);
  const chosen = folds.map((fold) => [...valuesOf(fold), String(fold.images), formatScore(fold.score)]);
  return [
    formatTable(columns(nameOf(metric)), shown),
    ...(folds.length === 0
      ? []
      : [`chosen without some of the images, and scored on those\n${formatTable(columns('images', 'score'), chosen)}`]),
    formatSummary(report, metric),
    ...(warnings.length === 0 ? [] : [warnings.join('\n')]),
    `for \`atrous segment\` and \`atrous evaluate\`: ${flagsFor(report.best, iterations)}`,
  ].join('\n\n');
}

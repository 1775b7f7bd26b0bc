import type { Context } from '../context.ts';
import type { Grid } from './grid.ts';
import { measureSettings, type MeasureOptions } from './measure.ts';
import { scoreCounts } from './metric.ts';
import { searchSettings, type SearchResult } from './search.ts';
import type { Setting, Treatment } from './setting.ts';

/** Options of {@link tune}. */
export interface TuneOptions extends Omit<MeasureOptions, 'title'> {
  readonly grid: Grid;
  readonly rounds: number;
  readonly folds: number;
}

/** What `atrous crf-tune` says. Scores 0 … 1. */
export interface TuningReport {
  readonly images: number;
  /** Of the labels as they were. */
  readonly withoutCrf: number;
  readonly best: Setting & { readonly score: number };
  /** Of pictures whose setting was chosen without them, all together; `null` without folds. */
  readonly crossValidated: number | null;
  /** What was chosen without each part of the pictures, and the score on that part. */
  readonly folds: readonly (Setting & { readonly images: number; readonly score: number })[];
  /** Everything that was measured, best first. */
  readonly settings: readonly (Setting & { readonly score: number })[];
}

/** Looks for the setting with the best score on pictures. Goes on from what the log holds. */
export async function tune(context: Context, options: TuneOptions): Promise<TuningReport> {
  const { samples, labels, log, grid, rounds, folds } = options;
  const images = samples.map(({ id }) => id);
  const countsOf = (treatment: Treatment, of: readonly string[]) => of.map((id) => log.get(id, treatment) ?? []);
  const scoreOf = (treatment: Treatment, of: readonly string[]): number =>
    scoreCounts(labels.classes.length, countsOf(treatment, of));
  const measure = (settings: readonly Setting[], round: number): Promise<void> =>
    measureSettings(context, settings, { ...options, title: `round ${round} of ${rounds}` });
  const found: SearchResult = await searchSettings({ images, grid, rounds, folds, measure, scoreOf });
  const heldOut = found.folds.flatMap((fold) => countsOf(fold.setting, fold.heldOut));
  return {
    images: images.length,
    withoutCrf: scoreOf('none', images),
    best: { ...found.best.setting, score: found.best.score },
    crossValidated: found.folds.length === 0 ? null : scoreCounts(labels.classes.length, heldOut),
    folds: found.folds.map(({ setting, heldOut: held }) => ({
      ...setting,
      images: held.length,
      score: scoreOf(setting, held),
    })),
    settings: found.settings.map(({ setting, score }) => ({ ...setting, score })),
  };
}

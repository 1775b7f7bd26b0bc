import { refine, settingsOf, type Grid } from './grid.ts';
import { uniqueSettings, type Setting } from './setting.ts';

/** Score of a treatment on some pictures together, higher is better. */
export type ScoreOf = (setting: Setting, images: readonly string[]) => number;

/** A setting chosen on some pictures. */
export interface Choice {
  readonly images: readonly string[];
  readonly setting: Setting;
  readonly score: number;
}

/** A choice on all pictures but these. */
export interface Fold extends Choice {
  readonly heldOut: readonly string[];
}

/** Where a search has got to. */
interface Search {
  readonly images: readonly string[];
  readonly grid: Grid;
  readonly candidates: readonly Setting[];
}

/** What {@link searchSettings} needs. */
export interface SearchOptions {
  readonly images: readonly string[];
  readonly grid: Grid;
  /** The grid, and finer ones around the best setting of it. */
  readonly rounds: number;
  /** Parts of the pictures that are held out in turn; fewer than 2 for none. */
  readonly folds: number;
  /** Makes scores of these settings known for all pictures. */
  readonly measure: (settings: readonly Setting[], round: number) => Promise<void>;
  readonly scoreOf: ScoreOf;
}

/** What {@link searchSettings} found. */
export interface SearchResult {
  /** On all pictures, of everything that was measured. */
  readonly best: Choice;
  readonly folds: readonly Fold[];
  /** Everything that was measured, best first, with its score on all pictures. */
  readonly settings: readonly { readonly setting: Setting; readonly score: number }[];
}

/** Pictures in parts of equal size that lie together, so that neighbouring frames of a video are not in two parts. */
function partsOf(images: readonly string[], folds: number): readonly (readonly string[])[] {
  const count = Math.min(folds, images.length);
  if (count < 2) return [];
  const start = (part: number): number => Math.floor((part * images.length) / count);
  return Array.from({ length: count }, (_, part) => images.slice(start(part), start(part + 1)));
}

const rank = (settings: readonly Setting[], images: readonly string[], scoreOf: ScoreOf): readonly Choice[] =>
  settings
    .map((setting) => ({ setting, images, score: scoreOf(setting, images) }))
    .toSorted((a, b) => b.score - a.score);

const bestOf = ({ candidates, images }: Search, scoreOf: ScoreOf): Choice =>
  rank(candidates, images, scoreOf)[0] as Choice;

/** The step is halved in every round. The best setting so far is always on the grid, in whose middle it was. */
function nextRound(search: Search, scoreOf: ScoreOf): Search {
  const grid = refine(search.grid, bestOf(search, scoreOf).setting);
  return { ...search, grid, candidates: uniqueSettings([...search.candidates, ...settingsOf(grid)]) };
}

/**
 * Looks for the best setting on a grid, then on finer ones around the best, for all pictures and, for each part of them, without it: what
 * a setting gives that was chosen on the very pictures it is scored on is too good. No part's search sees a setting that another one led to.
 */
export async function searchSettings(options: SearchOptions): Promise<SearchResult> {
  const { images, grid, rounds, measure, scoreOf } = options;
  const parts = partsOf(images, options.folds);
  const begin = (of: readonly string[]): Search => ({ images: of, grid, candidates: settingsOf(grid) });
  let whole = begin(images);
  let without = parts.map((part) => begin(images.filter((image) => !part.includes(image))));
  for (let round = 1; round <= rounds; round++) {
    if (round > 1) {
      whole = nextRound(whole, scoreOf);
      without = without.map((search) => nextRound(search, scoreOf));
    }
    await measure(uniqueSettings([whole, ...without].flatMap((search) => settingsOf(search.grid))), round);
  }
  const all = uniqueSettings([whole, ...without].flatMap(({ candidates }) => candidates));
  const ranked = rank(all, images, scoreOf);
  return {
    best: ranked[0] as Choice,
    folds: without.map((search, part) => ({ ...bestOf(search, scoreOf), heldOut: parts[part]! })),
    settings: ranked.map(({ setting, score }) => ({ setting, score })),
  };
}

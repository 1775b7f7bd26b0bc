/** A parameter and the tensor of the checkpoint that it took. */
export interface ImportMatch {
  readonly param: string;
  readonly source: string;
}

/** A parameter that no tensor of the checkpoint fits. */
export interface ImportMiss {
  readonly param: string;
  readonly shape: readonly number[];
  /** Names that were looked for. */
  readonly tried: readonly string[];
}

/** A match whose stored shape differed by extents of 1. */
export interface ImportReshape extends ImportMatch {
  /** As stored. */
  readonly from: readonly number[];
  /** As the checkpoint's layout has it. */
  readonly to: readonly number[];
}

/** What became of every parameter of a network and every tensor of a checkpoint. */
export interface ImportReport {
  readonly matched: readonly ImportMatch[];
  readonly missing: readonly ImportMiss[];
  /** Tensors of the checkpoint that no parameter took and that the name map does not ignore. */
  readonly unexpected: readonly string[];
  /** Also in `matched`. */
  readonly reshaped: readonly ImportReshape[];
}

const shown = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

function section(title: string, rows: readonly (readonly [string, string])[], limit: number): readonly string[] {
  const heading = `${title.padEnd(10)} ${rows.length}`;
  const first = rows.slice(0, limit);
  const width = Math.max(0, ...first.map(([name]) => name.length));
  const lines = first.map(([name, note]) => `  ${name.padEnd(width)}  ${note}`.trimEnd());
  return [heading, ...lines, ...(rows.length > limit ? [`  and ${rows.length - limit} more`] : [])];
}

/**
 * A report as text for people: counts, and the first names of whatever did not simply match.
 *
 * @param options.limit most names to list in a section. Default 10.
 */
export function formatImportReport(report: ImportReport, { limit = 10 }: { readonly limit?: number } = {}): string {
  const { matched, missing, unexpected, reshaped } = report;
  return [
    `${'matched'.padEnd(10)} ${matched.length}`,
    ...section(
      'reshaped',
      reshaped.map(({ param, from, to }) => [param, `${shown(from)} read as ${shown(to)}`]),
      limit,
    ),
    ...section(
      'missing',
      missing.map(({ param, shape, tried }) => [param, `${shown(shape)} looked for ${tried.join(', ') || 'nothing'}`]),
      limit,
    ),
    ...section(
      'unexpected',
      unexpected.map((name) => [name, '']),
      limit,
    ),
  ].join('\n');
}

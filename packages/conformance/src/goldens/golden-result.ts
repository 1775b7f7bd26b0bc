/** What became of one golden case. */
export interface GoldenResult {
  /** `ops/<family>/<case>`, `networks/<case>/<run>` or `crf/<problem>/<case>`. */
  readonly id: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why it was skipped, what differed, or how close it was. */
  readonly detail: string;
}

/** Numbers of results by status. */
export interface GoldenSummary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Counts results. */
export function summarize(results: readonly GoldenResult[]): GoldenSummary {
  const count = (status: GoldenResult['status']): number => results.filter((result) => result.status === status).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

/** A case that cannot be run, and why. */
export interface Skipped {
  readonly skip: string;
}

const failure = (id: string, error: unknown): GoldenResult => ({
  id,
  status: 'failed',
  detail: error instanceof Error ? error.message : String(error),
});

/** Runs a check that returns how close it was, or that it cannot be made; what it throws is a failure. */
export async function attempt(id: string, check: () => Promise<string | Skipped>): Promise<GoldenResult> {
  try {
    const outcome = await check();
    return typeof outcome === 'string'
      ? { id, status: 'passed', detail: outcome }
      : { id, status: 'skipped', detail: outcome.skip };
  } catch (error) {
    return failure(id, error);
  }
}

/** Passes results on; when their file cannot be read, a failure called `id` ends them. */
export async function* untilUnreadable(
  id: string,
  results: AsyncGenerator<GoldenResult>,
): AsyncGenerator<GoldenResult> {
  try {
    yield* results;
  } catch (error) {
    yield failure(id, error);
  }
}

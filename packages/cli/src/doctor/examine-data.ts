import { doctor, type DatasetSpec, type DoctorReport } from '@atrous/data/node';
import type { Context } from '../context.ts';
import { createProgressBar, type ProgressBar } from '../progress-bar.ts';

export interface ExamineDataOptions {
  /** Most pictures of each split. */
  readonly limit: number | undefined;
  /** Draw no progress bar. */
  readonly quiet: boolean;
}

/** Examines a data set, with a progress bar. Throws as `doctor`. */
export async function examineData(
  context: Context,
  spec: DatasetSpec,
  { limit, quiet }: ExamineDataOptions,
): Promise<DoctorReport> {
  let bar: ProgressBar | undefined;
  try {
    return await doctor(spec, {
      limit,
      signal: context.signal,
      onProgress({ total = 0, item = '' }) {
        bar ??= createProgressBar(context.io.stderr, total, quiet);
        bar.step(item);
      },
    });
  } finally {
    bar?.[Symbol.dispose]();
  }
}

import type { CreateDenseCrfOptions } from '@atrous/crf';
import type { Context } from '../context.ts';

/** What computes a CRF, and who hears why it is not the fastest there is. */
export type CrfEngineOptions = Pick<CreateDenseCrfOptions, 'engine' | 'onNotice'>;

/** An engine whose threads stay until it is disposed. */
interface OpenedCrfEngine {
  readonly options: CrfEngineOptions;
  [Symbol.dispose](): void;
}

/** The lattice on so many threads, or without a number the fastest engine that works here. Notices go to standard error. */
export async function openCrfEngine({ io }: Context, threads: number | undefined): Promise<OpenedCrfEngine> {
  const onNotice = (notice: string): void => void io.stderr.write(`note: ${notice}\n`);
  if (threads === undefined) return { options: { onNotice }, [Symbol.dispose]() {} };
  const { lattice } = await import('@atrous/crf/lattice');
  const engine = lattice({ threads });
  return { options: { engine, onNotice }, [Symbol.dispose]: () => engine.dispose() };
}

import cliProgress from 'cli-progress';
import type { TextSink } from './io.ts';

/** Counts finished items on a terminal, and is silent everywhere else. */
export interface ProgressBar {
  /** Whether something is drawn; other output has to wait meanwhile. */
  readonly isVisible: boolean;
  /** One more is done. */
  step(item: string): void;
  [Symbol.dispose](): void;
}

const SILENT: ProgressBar = { isVisible: false, step() {}, [Symbol.dispose]() {} };

/** Shows a bar on `sink` when that is a terminal and there is more than one item. */
export function createProgressBar(sink: TextSink, total: number, quiet = false): ProgressBar {
  if (quiet || total < 2 || sink.isTTY !== true) return SILENT;
  const bar = new cliProgress.SingleBar(
    {
      format: '{bar} {value}/{total}  {eta_formatted} left  {item}',
      stream: sink as NodeJS.WriteStream,
      clearOnComplete: true,
      hideCursor: true,
    },
    cliProgress.Presets.shades_classic,
  );
  bar.start(total, 0, { item: '' });
  return {
    isVisible: true,
    step: (item) => bar.increment(1, { item }),
    [Symbol.dispose]: () => bar.stop(),
  };
}

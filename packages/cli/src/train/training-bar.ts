import cliProgress from 'cli-progress';
import type { TextSink } from '../io.ts';

/** Shows on a terminal how far a run is, and is silent everywhere else. */
export interface TrainingBar {
  readonly isVisible: boolean;
  /** @param text what is known of the run, for example its loss. */
  update(step: number, text: string): void;
  [Symbol.dispose](): void;
}

const SILENT: TrainingBar = { isVisible: false, update() {}, [Symbol.dispose]() {} };

/**
 * A bar with the steps done, the time left and what else is known.
 *
 * @param done steps before this part of the run; they do not count for the time that is left.
 */
export function createTrainingBar(sink: TextSink, done: number, steps: number, quiet: boolean): TrainingBar {
  if (quiet || sink.isTTY !== true) return SILENT;
  const bar = new cliProgress.SingleBar(
    {
      format: '{bar} {value}/{total}  {eta_formatted} left  {text}',
      stream: sink as NodeJS.WriteStream,
      clearOnComplete: true,
      hideCursor: true,
      barsize: 24,
      etaBuffer: 50,
    },
    cliProgress.Presets.shades_classic,
  );
  bar.start(steps, done, { text: '' });
  return {
    isVisible: true,
    update: (step, text) => bar.update(step, { text }),
    [Symbol.dispose]: () => bar.stop(),
  };
}

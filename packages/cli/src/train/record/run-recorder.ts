import type { StepReport } from '@atrous/train';
import type { Scores } from '../../evaluate/scores.ts';
import { writeOutput } from '../../files/write-output.ts';
import { renderCurves } from '../curves/render-curves.ts';
import { renderPage } from '../curves/render-page.ts';
import type { EndEntry } from '../log/log-entry.ts';
import { openTrainingLog, type TrainingLog } from '../log/training-log.ts';
import type { RunFolder } from '../run-folder.ts';
import { createBoardWriter, type BoardWriter } from '../tensorboard/board-writer.ts';

/** What a recorder needs to know of a run. */
export interface RecorderOptions {
  readonly folder: RunFolder;
  readonly title: string;
  readonly config: unknown;
  readonly backend: string;
  /** Steps done before. */
  readonly done: number;
  readonly steps: number;
  readonly signal: AbortSignal;
}

/** Keeps what happens in a run: log, event file and curves. */
export interface RunRecorder {
  readonly log: TrainingLog;
  step(report: StepReport, seconds: number): void;
  evaluation(step: number, scores: Scores, images: number, seconds: number): void;
  end(step: number, reason: EndEntry['reason']): void;
  /** Draws everything so far. */
  writeCurves(): Promise<void>;
  [Symbol.dispose](): void;
}

/** Values of a record; TensorBoard takes no `null`. */
const known = (values: Readonly<Record<string, number | null>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== null));

function recordEvaluation(log: TrainingLog, board: BoardWriter): RunRecorder['evaluation'] {
  return (step, { meanIou, pixelAccuracy, classes }, images, seconds) => {
    const iou = Object.fromEntries(classes.map(({ name, iou }) => [name, iou]));
    const mean = meanIou['exclude-both'];
    log.add({ event: 'evaluation', step, meanIou: mean, pixelAccuracy, iou, images, seconds });
    const perClass = Object.fromEntries(Object.entries(iou).map(([name, value]) => [`iou/${name}`, value]));
    board.scalars(
      step,
      known({ 'validation/mean_iou': mean, 'validation/pixel_accuracy': pixelAccuracy, ...perClass }),
    );
  };
}

/** Opens the files that a run writes while it goes on. */
export async function createRunRecorder(options: RecorderOptions): Promise<RunRecorder> {
  const { folder, title, config, backend, done, steps, signal } = options;
  const log = await openTrainingLog(folder.log, done, signal);
  const board = createBoardWriter(folder.board, done);
  log.add({ event: 'start', step: done, steps, time: new Date().toISOString(), backend });
  // An interrupted run is still drawn.
  const always = new AbortController().signal;
  return {
    log,
    step({ step, loss, rate }, seconds) {
      log.add({ event: 'step', step, loss, learningRate: rate, seconds });
      board.scalars(step, { 'train/loss': loss, 'train/learning_rate': rate, 'train/seconds': seconds });
    },
    evaluation: recordEvaluation(log, board),
    end: (step, reason) => log.add({ event: 'end', step, reason }),
    async writeCurves() {
      await writeOutput(folder.curves, renderCurves(title, log.entries), always);
      await writeOutput(folder.page, renderPage({ title, config, entries: log.entries }), always);
    },
    [Symbol.dispose]: () => board[Symbol.dispose](),
  };
}

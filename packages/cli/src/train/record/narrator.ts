import type { StepReport } from '@atrous/train';
import type { Context } from '../../context.ts';
import type { Scores } from '../../evaluate/scores.ts';
import { formatPercent } from '../../format.ts';
import { createTrainingBar } from '../training-bar.ts';

/** Tells a person how a run goes: by a bar on a terminal, by a line now and then elsewhere. */
export interface Narrator {
  step(report: StepReport, seconds: number): void;
  evaluation(step: number, scores: Scores): void;
  [Symbol.dispose](): void;
}

/** Seconds between lines where there is no bar. */
const PAUSE = 10;

const loss = (value: number): string => `loss ${value.toFixed(4)}`;

const duration = (seconds: number): string => {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
};

/** How long a step takes, by the last ones. */
function createPace(): (seconds: number) => number {
  let pace: number | undefined;
  return (seconds) => (pace = pace === undefined ? seconds : 0.9 * pace + 0.1 * seconds);
}

/** Begins to tell of a run. */
export function createNarrator(context: Context, done: number, steps: number, quiet: boolean): Narrator {
  const bar = createTrainingBar(context.io.stderr, done, steps, quiet);
  const print = (line: string): void => void (quiet || bar.isVisible || context.print(line));
  const paceOf = createPace();
  let latest = '';
  let spoke = Number.NEGATIVE_INFINITY;
  return {
    step({ step, loss: value }, seconds) {
      const pace = paceOf(seconds);
      bar.update(step, [loss(value), latest, `${pace.toFixed(2)} s a step`].filter(Boolean).join('  '));
      if (step !== steps && Date.now() - spoke < PAUSE * 1000) return;
      spoke = Date.now();
      print(
        `step ${step}/${steps}  ${loss(value)}  ${pace.toFixed(2)} s a step, ${duration(pace * (steps - step))} left`,
      );
    },
    evaluation(step, { meanIou, pixelAccuracy }) {
      latest = `mIoU ${formatPercent(meanIou['exclude-both'])}`;
      print(`step ${step}/${steps}  ${latest}  pixel accuracy ${formatPercent(pixelAccuracy)}`);
    },
    [Symbol.dispose]: () => bar[Symbol.dispose](),
  };
}

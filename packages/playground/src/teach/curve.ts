import { byId } from '../dom.ts';
import type { TrainingReport } from '../engine/protocol.ts';

/** The curve of a run: loss, and accuracy on what was painted. */
export interface Curve {
  /** @param steps length of the run. */
  start(steps: number): void;
  add(report: TrainingReport): void;
}

const width = 320;
const height = 120;
const namespace = 'http://www.w3.org/2000/svg';

function line(className: string): SVGPolylineElement {
  const made = document.createElementNS(namespace, 'polyline');
  made.setAttribute('class', className);
  return made;
}

/** Draws while the run goes on. The loss has a scale of its own, from 0 to the highest so far; the accuracy goes from 0 to 1. */
export function createCurve(): Curve {
  const loss = line('loss');
  const accuracy = line('accuracy');
  const picture = document.createElementNS(namespace, 'svg');
  picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
  picture.append(loss, accuracy);
  byId('curve', HTMLElement).replaceChildren(picture);
  let reports: TrainingReport[] = [];
  let length = 1;

  const points = (valueOf: (report: TrainingReport) => number | undefined, most: number) =>
    reports
      .flatMap((report) => {
        const value = valueOf(report);
        if (value === undefined) return [];
        const x = length === 1 ? width : ((report.step - 1) / (length - 1)) * width;
        return [`${x.toFixed(1)},${(height - (value / most) * height).toFixed(1)}`];
      })
      .join(' ');
  const draw = () => {
    const highest = Math.max(1e-6, ...reports.map((report) => report.loss));
    loss.setAttribute(
      'points',
      points((report) => report.loss, highest),
    );
    accuracy.setAttribute(
      'points',
      points((report) => report.accuracy, 1),
    );
  };

  return {
    start: (steps) => {
      reports = [];
      length = steps;
      draw();
    },
    add: (report) => {
      reports.push(report);
      draw();
    },
  };
}

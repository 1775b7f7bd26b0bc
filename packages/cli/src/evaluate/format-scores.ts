import { formatCount, formatPercent } from '../format.ts';
import { formatTable } from '../table.ts';
import { ABSENT_CONVENTIONS } from './conventions.ts';
import type { Scores } from './scores.ts';

const COLUMNS = [
  { title: 'class' },
  { title: 'IoU', numeric: true },
  { title: 'accuracy', numeric: true },
  { title: 'pixels in truth', numeric: true },
];

/** The tables a person reads: classes that occur, then the means. */
export function formatScores(scores: Scores, images: number): string {
  const rows = scores.classes
    .filter(({ iou }) => iou !== null)
    .map(({ name, iou, accuracy, pixels }) => [name, formatPercent(iou), formatPercent(accuracy), formatCount(pixels)]);
  const means = [
    ...ABSENT_CONVENTIONS.map(({ name, about }) => [
      `mean IoU, ${about} (${name})`,
      formatPercent(scores.meanIou[name]),
    ]),
    ['frequency-weighted IoU', formatPercent(scores.frequencyWeightedIou)],
    ['mean accuracy', formatPercent(scores.meanAccuracy)],
    ['pixel accuracy', formatPercent(scores.pixelAccuracy)],
  ];
  const title = `over ${images} ${images === 1 ? 'image' : 'images'}`;
  return [formatTable(COLUMNS, rows), '', formatTable([{ title }, { title: '', numeric: true }], means)].join('\n');
}

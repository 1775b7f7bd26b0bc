import { formatCount, formatPercent } from '../format.ts';
import { formatTable } from '../table.ts';
import type { BandScores } from './boundary-scores.ts';
import { ABSENT_CONVENTIONS } from './conventions.ts';
import type { Evaluation } from './evaluate-dataset.ts';

const BOUNDARY_F1 = 'boundary F1';

const COLUMNS = [
  { title: 'class' },
  { title: 'IoU', numeric: true },
  { title: 'accuracy', numeric: true },
  { title: BOUNDARY_F1, numeric: true },
  { title: 'pixels in truth', numeric: true },
];

const BANDS = [
  { title: 'within pixels of a border', numeric: true },
  ...ABSENT_CONVENTIONS.map(({ name }) => ({ title: name, numeric: true })),
  { title: 'pixel accuracy', numeric: true },
  { title: 'pixels', numeric: true },
];

const BANDS_WITHOUT_CRF = ['exclude-both without the CRF', 'pixel accuracy without it'].map((title) => ({
  title,
  numeric: true,
}));

const withoutCrfOf = ({ meanIou, pixelAccuracy }: BandScores): readonly string[] => [
  formatPercent(meanIou['exclude-both']),
  formatPercent(pixelAccuracy),
];

const formatTrimap = (bands: readonly BandScores[], withoutCrf: readonly BandScores[] | undefined): string =>
  formatTable(
    [...BANDS, ...(withoutCrf ? BANDS_WITHOUT_CRF : [])],
    bands.map(({ width, meanIou, pixelAccuracy, pixels }, at) => [
      String(width),
      ...ABSENT_CONVENTIONS.map(({ name }) => formatPercent(meanIou[name])),
      formatPercent(pixelAccuracy),
      formatCount(pixels),
      ...(withoutCrf?.slice(at, at + 1).flatMap(withoutCrfOf) ?? []),
    ]),
  );

function formatClasses({ classes, boundaryF1 }: Evaluation): string {
  const rows = classes
    .filter(({ iou }) => iou !== null)
    .map(({ id, name, iou, accuracy, pixels }) => [
      name,
      formatPercent(iou),
      formatPercent(accuracy),
      ...(boundaryF1 ? [formatPercent(boundaryF1.classes[id]?.f1 ?? null)] : []),
      formatCount(pixels),
    ]);
  return formatTable(
    COLUMNS.filter(({ title }) => boundaryF1 !== undefined || title !== BOUNDARY_F1),
    rows,
  );
}

function formatMeans(scores: Evaluation, images: number): string {
  const means = [
    ...ABSENT_CONVENTIONS.map(({ name, about }) => [
      `mean IoU, ${about} (${name})`,
      formatPercent(scores.meanIou[name]),
    ]),
    ['frequency-weighted IoU', formatPercent(scores.frequencyWeightedIou)],
    ['mean accuracy', formatPercent(scores.meanAccuracy)],
    ['pixel accuracy', formatPercent(scores.pixelAccuracy)],
    ...(scores.boundaryF1 ? [['boundary F1, mean over images', formatPercent(scores.boundaryF1.mean)]] : []),
  ];
  const title = `over ${images} ${images === 1 ? 'image' : 'images'}`;
  return formatTable([{ title }, { title: '', numeric: true }], means);
}

/** The tables a person reads: classes that occur, the means, and the bands of the trimap when there is one. */
export const formatScores = (scores: Evaluation, images: number): string =>
  [
    formatClasses(scores),
    formatMeans(scores, images),
    ...(scores.trimap ? [`mean IoU near borders\n${formatTrimap(scores.trimap, scores.trimapWithoutCrf)}`] : []),
  ].join('\n\n');

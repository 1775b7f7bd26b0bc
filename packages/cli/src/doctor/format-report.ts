import type { DoctorReport, Finding, Severity } from '@atrous/data/node';
import type { Context } from '../context.ts';
import { formatCount, formatPercent } from '../format.ts';
import { formatTable } from '../table.ts';

type Colors = Context['colors'];

const COLUMNS = [
  { title: 'class' },
  { title: 'share', numeric: true },
  { title: 'pictures', numeric: true },
  { title: 'pixels', numeric: true },
  { title: 'weight', numeric: true },
];

const colored = (colors: Colors): Readonly<Record<Severity, (text: string) => string>> => ({
  error: colors.red,
  warning: colors.yellow,
  info: colors.cyan,
});

/** Classes that occur; those that do not are findings. */
function formatClasses({ classes }: DoctorReport): string {
  const rows = classes
    .filter(({ pixels }) => pixels > 0)
    .map(({ name, share, images, pixels, weight }) => [
      name,
      formatPercent(share),
      formatCount(images),
      formatCount(pixels),
      weight.toPrecision(3),
    ]);
  return formatTable(COLUMNS, rows);
}

function formatFinding({ severity, code, message, nextStep, where, count }: Finding, colors: Colors): string {
  const places = `${where.join(', ')}${count > where.length ? ' …' : ''}`;
  return [
    `${colored(colors)[severity](severity)} ${message} [${code}]`,
    `  where: ${places}`,
    `  next:  ${nextStep}`,
  ].join('\n');
}

/** What a person reads: splits, classes, then what was found, the worst first. */
export function formatReport(report: DoctorReport, colors: Colors): string {
  const { labels, splits, ignored, findings } = report;
  const parts = splits.map(({ name, images }) => `${name} ${formatCount(images)}`);
  return [
    `pictures   ${parts.join(', ')}`,
    `classes    ${labels.classes.length} (${labels.name}); ${formatPercent(ignored)} of the pixels do not count`,
    '',
    formatClasses(report),
    '',
    ...(findings.length === 0 ? ['nothing is wrong'] : findings.map((finding) => formatFinding(finding, colors))),
  ].join('\n');
}

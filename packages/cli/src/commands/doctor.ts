import { Option } from 'commander';
import type { AddCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { ReportedFailure } from '../errors.ts';
import { parseWhole } from '../parse-number.ts';

interface DoctorFlags {
  readonly split?: string;
  readonly limit?: number;
  readonly json?: true;
}

const HELP = `
Looks at every picture and mask: files that are missing or broken, sizes that differ, values and colours that are no class, alpha,
palettes in another order, masks without labels, classes that are absent, rare or never learnt, pictures that are in two splits or look
nearly the same as one in another. A class's weight makes up for how rare it is: the median share over its own.

Exit code 1 when something would spoil training or scores (error), 0 when there are only warnings and remarks.

Examples:
  atrous doctor camvid:CamVid
  atrous doctor my-pictures --json
  atrous doctor voc:VOCdevkit/VOC2012 --split val --limit 100`;

async function doctor(context: Context, typed: string, { split, limit, json }: DoctorFlags): Promise<void> {
  const { parseDatasetSpec } = await import('@atrous/data/node');
  const { examineData } = await import('../doctor/examine-data.ts');
  const { path, ...spec } = parseDatasetSpec(typed);
  const source = { ...spec, split, path: path === undefined ? undefined : context.path(path) };
  const report = await examineData(context, source, { limit, quiet: json === true });
  if (json) context.printJson({ dataset: typed, ...report });
  else context.print((await import('../doctor/format-report.ts')).formatReport(report, context.colors));
  if (report.findings.some(({ severity }) => severity === 'error'))
    throw new ReportedFailure('the data set has errors');
}

/** `atrous doctor`: what is wrong with a data set, before anything is learnt from it. */
export const addDoctor: AddCommand = (program, context) => {
  program
    .command('doctor')
    .description('examine a data set: files, masks, classes, splits')
    .argument('<dataset>', 'labelled pictures: DIR, KIND:DIR or street')
    .option('--split <name>', 'only this split (default: all)')
    .addOption(new Option('--limit <n>', 'only the first pictures of each split').argParser(parseWhole(1)))
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action((typed: string, flags: DoctorFlags) => doctor(context, typed, flags));
};

import type { AddCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { formatTable } from '../table.ts';

const HELP = `
A preset is a network together with the labels and the picture preparation of checkpoints that were published for it:
commands recognise them in --checkpoint by themselves. A model is a family to build other networks from.

Examples:
  atrous models
  atrous models --json`;

async function listModels(context: Context, json: boolean): Promise<void> {
  const { presets } = await import('@atrous/models');
  const { nameMaps } = await import('@atrous/weights');
  const { labelMaps } = await import('@atrous/data');
  const { knownModels } = await import('../model-source/networks.ts');
  const models = knownModels(await context.plugins()).map(({ name, description }) => ({ name, description }));
  const maps = nameMaps.map(({ name, description, layout }) => ({ name, description, layout }));
  const labels = labelMaps.map(({ name, classes }) => ({ name, classes: classes.length }));
  if (json) return context.printJson({ presets, models, nameMaps: maps, labelMaps: labels });
  const { bold } = context.colors;
  const section = (title: string, about: string, rows: readonly (readonly string[])[]): void => {
    context.print(`${bold(title)}${about}`);
    context.print(`${formatTable([], rows)}\n`);
  };
  section(
    'Presets',
    ', found in a checkpoint by themselves',
    presets.map(({ name, description }) => [`  ${name}`, description]),
  );
  section(
    'Published weights',
    '',
    presets.map(({ name, published, license }) => [`  ${name}`, published, license ?? '']),
  );
  section(
    'Models',
    ', for describe and for config.json',
    models.map(({ name, description }) => [`  ${name}`, description]),
  );
  section(
    'Name maps',
    ', for --name-map',
    maps.map(({ name, description }) => [`  ${name}`, description]),
  );
  section(
    'Label maps',
    ', for --labels',
    labels.map(({ name, classes }) => [`  ${name}`, `${classes} classes`]),
  );
}

/** `atrous models`: networks that can be built or recognised, and where weights for them are published. */
export const addModels: AddCommand = (program, context) => {
  program
    .command('models')
    .description('list networks, and where weights for them are published')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(({ json }: { json?: true }) => listModels(context, json === true));
};

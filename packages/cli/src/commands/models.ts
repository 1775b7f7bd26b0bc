import type { AddCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { formatTable } from '../table.ts';

const HELP = `
A preset is a network together with the labels and the picture preparation of weights that were published for it:
--checkpoint recognises them. A model is a family to build other networks of, out of parts with options:
  atrous describe deeplab-v3 --set backbone.name=mobilenet-v2 --set backbone.depthMultiplier=0.5

Examples:
  atrous models
  atrous models --json`;

type Rows = readonly (readonly string[])[];

async function listModels(context: Context, json: boolean): Promise<void> {
  const { openCatalogue } = await import('../catalogue.ts');
  const catalogue = await openCatalogue(await context.plugins());
  if (json) return context.printJson(catalogue);
  const { presets, variants, models, parts, nameMaps, labelMaps } = catalogue;
  const print = (title: string, rows: Rows): void => {
    const indented = rows.map(([first = '', ...rest]) => [`  ${first}`, ...rest]);
    context.print(`${context.colors.bold(title)}\n${formatTable([], indented)}\n`);
  };
  print(
    'Presets, recognised in a checkpoint',
    presets.map(({ name, description }) => [name, description]),
  );
  print(
    'Published weights',
    presets.map(({ name, published, license }) => [name, published, license ?? '']),
  );
  print(
    'Networks of the papers, for describe and --model',
    variants.map(({ name, description }) => [name, description]),
  );
  print(
    'Models, for describe and in a config.json',
    models.map(({ name, description }) => [name, description]),
  );
  print(
    'Parts of models, and their options',
    parts.map(({ kind, name, options }) => [`${kind} ${name}`, JSON.stringify(options)]),
  );
  print(
    'Name maps, for --name-map',
    nameMaps.map(({ name, description }) => [name, description]),
  );
  print(
    'Label maps, for --labels',
    labelMaps.map(({ name, classes }) => [name, `${classes} classes`]),
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

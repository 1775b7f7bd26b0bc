import type { Plugin } from '@atrous/core';
import type { AddCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { formatTable } from '../table.ts';

const HELP = `
A plugin is a value made by defineBackbone, defineHead, defineModel, defineRuntime or defineOp. Nothing has to be registered:
--plugin loads what a package or file exports, for every command.

Examples:
  atrous plugins
  atrous --plugin ./my-backbone.js plugins --json`;

async function listPlugins(context: Context, json: boolean): Promise<void> {
  const { builtInPlugins } = await import('../built-in-plugins.ts');
  const loaded = await context.plugins();
  const line =
    (from: string) =>
    ({ kind, name, description }: Plugin) => ({ kind, name, description, from });
  const plugins = [...(await builtInPlugins()).map(line('built in')), ...loaded.map(line('--plugin'))];
  if (json) return context.printJson(plugins);
  const columns = ['kind', 'name', 'from', 'what it is'].map((title) => ({ title }));
  context.print(
    formatTable(
      columns,
      plugins.map(({ kind, name, from, description }) => [kind, name, from, description]),
    ),
  );
}

/** `atrous plugins`: everything that networks and commands can be put together from. */
export const addPlugins: AddCommand = (program, context) => {
  program
    .command('plugins')
    .description('list backbones, heads, models, backends and ops, with those of --plugin')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action(({ json }: { json?: true }) => listPlugins(context, json === true));
};

import { backendsWith } from '../backends.ts';
import type { AddCommand } from '../command.ts';
import { formatTable } from '../table.ts';

/** `atrous backends`: what runs networks here, and what is missing where it does not. */
export const addBackends: AddCommand = (program, context) => {
  program
    .command('backends')
    .description('list the backends: which work here, and why not')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  atrous backends')
    .action(async ({ json }: { json?: true }) => {
      const states = [];
      for (const backend of backendsWith(await context.plugins()))
        states.push({ name: backend.name, description: backend.description, ...(await backend.available()) });
      if (json) return context.printJson(states);
      const { green, yellow } = context.colors;
      const rows = states.map((state) =>
        state.available
          ? [state.name, green('yes'), state.detail, '']
          : [state.name, yellow('no'), state.reason, state.hint],
      );
      context.print(
        formatTable([{ title: 'backend' }, { title: 'works' }, { title: 'what or why' }, { title: 'next step' }], rows),
      );
    });
};

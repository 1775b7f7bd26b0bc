import { cpu } from '@atrous/runtime-tfjs/cpu';
import { openCheckpointFolder } from '@atrous/train/node';
import { tinyRun } from './tiny-run.ts';

/**
 * A run in a process of its own, which saves after each step and goes on from what is there.
 * It says when it begins to write and when it has written. `node killed-run.js FOLDER STEPS`
 */
const [folder = '', steps = ''] = process.argv.slice(2);
const { save, latest } = await openCheckpointFolder(folder);
const resume = await latest();
await tinyRun(cpu(), {
  resume,
  steps: Number(steps),
  evaluate: undefined,
  averageDecay: 0.9,
  checkpoint: {
    every: 1,
    save: async (checkpoint) => {
      process.stdout.write('saving\n');
      await save(checkpoint);
      process.stdout.write('saved\n');
    },
  },
});

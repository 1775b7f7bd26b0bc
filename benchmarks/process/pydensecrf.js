// @ts-check
import { mkdtempSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startPydensecrf } from '../crf/pydensecrf.js';

/** Variable that tells processes where the program is. */
export const PROGRAM = 'ATROUS_PYDENSECRF';

/** pydensecrf's C++ core, in a process of its own again, which keeps what it computes. @type {import('../contenders/serve.js').LoadCrf} */
export async function load(problem) {
  const program = process.env[PROGRAM];
  if (program === undefined) throw new Error('--pydensecrf names no checkout to build it from');
  const folder = mkdtempSync(join(dirname(program), 'problem-'));
  const { run } = startPydensecrf(program, problem, folder);
  return {
    async run() {
      await run();
      return [];
    },
  };
}

import { AtrousError } from '@atrous/core';
import { goldensFolder } from '@atrous/testing';
import { parseArgs } from 'node:util';
import { summarize, type GoldenResult } from './goldens/golden-result.ts';
import { runGoldens } from './goldens/run-goldens.ts';
import { loadRuntime, runtimeNames } from './runtimes.ts';

const USAGE = `usage: npm run goldens -- [--runtime ${runtimeNames.join('|')}] [--filter TEXT]

Runs the reference numbers of the folder ATROUS_GOLDENS (default ../shared/goldens) on a runtime (default reference).
--filter runs only cases whose id contains the text: ops/conv, networks/vainf, os16/65x65, crf/small.`;

const MARKS = { passed: 'ok  ', failed: 'FAIL', skipped: 'skip' } as const;

async function runAll(runtimeName: string, filter: string): Promise<number> {
  const folder = goldensFolder();
  const results: GoldenResult[] = [];
  if (folder !== undefined) {
    const runtime = await loadRuntime(runtimeName);
    const here = await runtime.available();
    if (!here.available) throw new Error(`${runtimeName} does not work here: ${here.reason}\nhint: ${here.hint}`);
    for await (const result of runGoldens({ folder, runtime, filter })) {
      results.push(result);
      console.log(`${MARKS[result.status]} ${result.id}: ${result.detail}`);
    }
  }
  const { passed, failed, skipped } = summarize(results);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed > 0 ? 1 : 0;
}

/**
 * The command `npm run goldens`.
 *
 * @returns the exit code: 0 when nothing failed, 1 when a case failed or the runtime does not work here, 2 for wrong usage.
 */
export async function main(args: readonly string[]): Promise<number> {
  const options = { runtime: { type: 'string' }, filter: { type: 'string' }, help: { type: 'boolean' } } as const;
  let values;
  try {
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  try {
    return await runAll(values.runtime ?? 'reference', values.filter ?? '');
  } catch (error) {
    const hint = error instanceof AtrousError && error.hint !== undefined ? `\nhint: ${error.hint}` : '';
    console.error(`${(error as Error).message}${hint}`);
    return error instanceof AtrousError && error.code === 'UNKNOWN_PLUGIN' ? 2 : 1;
  }
}

import { CommanderError } from 'commander';
import { exitCodeOf } from './describe-error.ts';
import { ReportedFailure } from './errors.ts';
import type { Io } from './io.ts';
import { createProgram } from './program.ts';

/** Exit code after Ctrl-C, as shells expect it: 128 + SIGINT. */
const INTERRUPTED = 130;

/**
 * Runs the command `atrous`.
 *
 * @param argv arguments after the command's name.
 * @returns the exit code: 0 done, 1 failed, 2 bad usage, 130 interrupted. Nothing is thrown.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { program, context } = createProgram(io);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (io.signal.aborted) {
      io.stderr.write('interrupted\n');
      return INTERRUPTED;
    }
    if (!(error instanceof ReportedFailure)) context.printError(error);
    return exitCodeOf(error);
  }
}

import { spawn } from 'node:child_process';
import type { ChildResult, Io } from './io.ts';
import { run } from './run.ts';

function runChild(entry: string, argv: readonly string[], signal: AbortSignal): Promise<ChildResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, entry, ...argv], {
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code: code ?? 1, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
  });
}

/** The first Ctrl-C aborts what is running, which cleans up after itself; a second one does not wait for that. */
function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}

const flushed = (stream: NodeJS.WriteStream): Promise<void> => new Promise((done) => stream.write('', () => done()));

/**
 * Runs the command in this process and ends it.
 *
 * @param entry absolute path of the script that calls this; children are started with it.
 */
export async function main(entry: string): Promise<never> {
  const { stdout, stderr, env } = process;
  // `atrous models | head` closes the pipe early; that is no failure.
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const io: Io = {
    stdout,
    stderr,
    env,
    cwd: process.cwd(),
    signal: abortOnSignals(),
    runChild: (argv, signal) => runChild(entry, argv, signal),
  };
  const code = await run(process.argv.slice(2), io);
  await Promise.all([flushed(stdout), flushed(stderr)]);
  // GPU devices and thread pools of backends would keep the process alive.
  process.exit(code);
}

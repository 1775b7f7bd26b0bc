import { run, type ChildResult, type Io } from '../src/index.ts';

/** Options of {@link atrous}. */
export interface AtrousOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly isTTY?: boolean;
}

/** Runs the command from its sources, in this process. */
export async function atrous(argv: readonly string[], options: AtrousOptions = {}): Promise<ChildResult> {
  const written = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr'): Io['stdout'] => ({
    isTTY: options.isTTY,
    write: (text) => void (written[name] += text),
  });
  const io: Io = {
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    env: options.env ?? {},
    cwd: options.cwd ?? process.cwd(),
    signal: options.signal ?? new AbortController().signal,
    runChild: (child) => atrous(child, options),
  };
  const code = await run(argv, io);
  return { code, ...written };
}

/** Somewhere to print to: `process.stdout`, or a collector in tests. */
export interface TextSink {
  write(text: string): unknown;
  /** Colours and progress bars are for terminals only. */
  readonly isTTY?: boolean | undefined;
}

/** Result of {@link Io.runChild}. */
export interface ChildResult {
  /** The child's exit code. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Everything the command takes from the process around it, so that tests can stand in for it. */
export interface Io {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths start here. */
  readonly cwd: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Runs `atrous` with these arguments in a process of its own. */
  readonly runChild: (argv: readonly string[], signal: AbortSignal) => Promise<ChildResult>;
}

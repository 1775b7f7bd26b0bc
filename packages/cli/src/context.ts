import { resolve } from 'node:path';
import type { Plugin } from '@atrous/core';
import pc from 'picocolors';
import { describeError } from './describe-error.ts';
import type { Io } from './io.ts';
import { loadPlugins } from './plugins.ts';

/** What every command is given. */
export interface Context {
  readonly io: Io;
  readonly signal: AbortSignal;
  readonly colors: ReturnType<typeof pc.createColors>;
  /** A path as typed, made absolute. */
  path(typed: string): string;
  /** A line on standard output. */
  print(line: string): void;
  /** Pretty JSON on standard output. */
  printJson(value: unknown): void;
  /** A failure on standard error: message, code and hint; the stack only with `ATROUS_DEBUG`. */
  printError(error: unknown, about?: string): void;
  /** What `--plugin` named. */
  pluginPackages(): readonly string[];
  /** Plugins of those packages. */
  plugins(): Promise<readonly Plugin[]>;
}

const wantsColor = ({ env, stdout }: Io): boolean =>
  stdout.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';

/** Binds the process (or a test's stand-in) to the helpers that commands share. */
export function createContext(io: Io, pluginPackages: () => readonly string[]): Context {
  const colors = pc.createColors(wantsColor(io));
  return {
    io,
    signal: io.signal,
    colors,
    path: (typed) => resolve(io.cwd, typed),
    print: (line) => void io.stdout.write(`${line}\n`),
    printJson: (value) => void io.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`),
    printError(error, about) {
      const { message, code, hint } = describeError(error);
      const subject = about === undefined || message.includes(about) ? '' : `${about}: `;
      io.stderr.write(`${colors.red('error')}: ${subject}${message}${code === undefined ? '' : ` [${code}]`}\n`);
      if (hint !== undefined) io.stderr.write(`hint: ${hint}\n`);
      if (io.env['ATROUS_DEBUG'] && error instanceof Error) io.stderr.write(`${error.stack}\n`);
    },
    pluginPackages,
    plugins: () => loadPlugins(pluginPackages(), io.cwd),
  };
}

import { AtrousError } from '@atrous/core';

/** The person typed something the command cannot mean. Exit code 2. */
export class UsageError extends AtrousError {
  constructor(message: string, hint?: string) {
    super(message, { code: 'USAGE', hint });
  }
}

/** A result that cannot be written. Exit code 1. */
export class OutputError extends AtrousError {
  constructor(message: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message, { code: 'OUTPUT', ...options });
  }
}

/** Part of the work failed and has been reported already; the rest is done. Exit code 1. */
export class ReportedFailure extends AtrousError {
  constructor(message: string) {
    super(message, { code: 'PARTIAL' });
  }
}

/** More names than this are not read to their end. */
const READABLE = 20;

const wordsOf = (name: string): readonly string[] => name.toLowerCase().match(/[a-z]+|\d+/g) ?? [];

/** Names that share the most words and numbers with one that was typed. */
function closest(typed: string, known: readonly string[]): readonly string[] {
  const words = wordsOf(typed);
  const shared = (name: string): number => wordsOf(name).filter((word) => words.includes(word)).length;
  const best = Math.max(...known.map(shared));
  return best === 0 ? [] : known.filter((name) => shared(name) === best).slice(0, READABLE);
}

/** `"webgpux" … known: wasm, webgpu`: what every unknown name on the command line becomes. Of many names, those that are alike. */
export function unknownName(what: string, name: string, names: Iterable<string>): UsageError {
  const known = [...names];
  const alike = known.length > READABLE ? closest(name, known) : known;
  const hint =
    alike.length === known.length
      ? `known: ${known.join(', ')}`
      : `${alike.length > 0 ? `alike: ${alike.join(', ')}; ` : ''}\`atrous models\` lists all ${known.length}`;
  return new UsageError(`${what} "${name}" is not known`, hint);
}

/** The system's reason, for example `ENOENT`, when there is one. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

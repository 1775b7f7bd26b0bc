import type { CompileOptions, Executable } from '@atrous/core';
import type { AutoExecutable } from '@atrous/runtime-auto';
import type { SegmenterOptions } from './segmenter.ts';

/** A compiled network, and the name of what it runs on now. */
export interface CompiledNetwork {
  readonly executable: Executable;
  readonly runtimeName: () => string;
}

/** Puts a bundle's network on the runtime that was asked for. Programs that name one do not carry the choice. */
export async function compileNetwork({
  bundle: { graph, weights },
  runtime = 'auto',
  onRuntime,
  ops,
  signal,
  onProgress,
}: SegmenterOptions): Promise<CompiledNetwork> {
  const options: CompileOptions = { ops, signal, onProgress };
  const chosen = runtime === 'auto' ? (await import('@atrous/runtime-auto')).auto({ onEvent: onRuntime }) : runtime;
  const executable: Executable & Partial<AutoExecutable> = await chosen.compile(graph, weights, options);
  return { executable, runtimeName: () => executable.runtime ?? chosen.name };
}

import type { CompileOptions, Executable, Graph, Runtime, Weights } from '@atrous/core';
import type { Measured, Measurement } from './choice.ts';
import { areAlike, type Tensors } from './probe.ts';

/** What is to be run. */
export interface Task {
  readonly graph: Graph;
  readonly weights: Weights;
  readonly options: CompileOptions;
}

/** A runtime that works here, and what it said it would use. */
export interface Candidate {
  readonly runtime: Runtime;
  readonly detail: string;
}

/** A compiled network, on the runtime of that name. */
export interface Entrant {
  readonly runtime: string;
  readonly executable: Executable;
}

/** One that was timed, and what it made of the probe. */
export interface Timed extends Entrant {
  readonly measurement: Measured;
  readonly outputs: Tensors;
}

/** Who was fastest, and how everyone did. */
export interface Race {
  readonly winner: Timed | undefined;
  readonly measurements: readonly Measurement[];
}

/** Runs that are timed after the first, which also prepares; the least counts. */
const RUNS = 3;
/** Networks that take longer are timed less often. */
const ENOUGH_MS = 600;
/** A runtime that takes this many times as long as the best is stopped. */
const HOPELESS = 4;
/** How long the first run of a runtime may take when another is known to work. */
const PATIENCE_MS = 5000;

const TOO_SLOW = 'too slow';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Runs once, and gives up after `limit` milliseconds. */
async function timedRun(executable: Executable, inputs: Tensors, limit: number, signal: AbortSignal | undefined) {
  const late = new AbortController();
  const timer = Number.isFinite(limit) ? setTimeout(() => late.abort(new Error(TOO_SLOW)), limit) : undefined;
  try {
    const start = performance.now();
    const outputs = await executable.run(inputs, {
      signal: AbortSignal.any([late.signal, ...(signal ? [signal] : [])]),
    });
    return { outputs, ms: performance.now() - start };
  } finally {
    clearTimeout(timer);
  }
}

/** Times a compiled network on the probe. */
async function time(executable: Executable, inputs: Tensors, best: number, signal: AbortSignal | undefined) {
  const isFirst = best === Infinity;
  const { outputs } = await timedRun(
    executable,
    inputs,
    isFirst ? Infinity : Math.max(PATIENCE_MS, HOPELESS * best),
    signal,
  );
  let least = Infinity;
  for (let run = 0, spent = 0; run < RUNS && spent < ENOUGH_MS; run++) {
    const { ms } = await timedRun(executable, inputs, HOPELESS * best, signal);
    least = Math.min(least, ms);
    spent += ms;
  }
  return { outputs, ms: least };
}

/** Compiles and times one candidate; `best` is the time to beat. */
async function enter(
  { runtime, detail }: Candidate,
  { graph, weights, options: { signal, ops, exact } }: Task,
  inputs: Tensors,
  best: number,
): Promise<Timed | Measurement> {
  const { name } = runtime;
  let executable: Executable | undefined;
  try {
    executable = await runtime.compile(graph, weights, { signal, ops, exact });
    const { outputs, ms } = await time(executable, inputs, best, signal);
    return { runtime: name, executable, outputs, measurement: { runtime: name, ms, detail } };
  } catch (error) {
    executable?.dispose();
    signal?.throwIfAborted();
    return { runtime: name, reason: messageOf(error) };
  }
}

/**
 * Times the candidates, one after the other, on a probe. Only the best one so far stays compiled; those that compute something else
 * than the first that works are out.
 */
export async function race(candidates: readonly Candidate[], task: Task, inputs: Tensors): Promise<Race> {
  const { signal, onProgress } = task.options;
  const measurements: Measurement[] = [];
  let best: Timed | undefined;
  let expected: Tensors | undefined;
  try {
    for (const [i, candidate] of candidates.entries()) {
      const { name } = candidate.runtime;
      onProgress?.({ phase: 'measure', completed: i, total: candidates.length, item: name });
      const entrant = await enter(candidate, task, inputs, best?.measurement.ms ?? Infinity);
      if (!('executable' in entrant)) {
        measurements.push(entrant);
        continue;
      }
      expected ??= entrant.outputs;
      const isRight = areAlike(expected, entrant.outputs);
      measurements.push(isRight ? entrant.measurement : { runtime: name, reason: 'computes other numbers here' });
      const loser = isRight && entrant.measurement.ms < (best?.measurement.ms ?? Infinity) ? best : entrant;
      if (loser !== entrant) best = entrant;
      loser?.executable.dispose();
    }
    signal?.throwIfAborted();
    onProgress?.({ phase: 'measure', completed: candidates.length, total: candidates.length });
    signal?.throwIfAborted();
  } catch (error) {
    best?.executable.dispose();
    throw error;
  }
  return { winner: best, measurements };
}

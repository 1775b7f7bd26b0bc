import { BackendError, defineRuntime, graphToJson, type Executable, type Runtime } from '@atrous/core';
import { here } from '#here';
import { explain, isMeasured, type AutoEvent, type Choice, type Measurement } from './choice.ts';
import { hash, recall, remember, type ChoiceStore } from './choice-store.ts';
import { changeOver } from './change-over.ts';
import { probeOf } from './probe.ts';
import { race, type Candidate, type Entrant, type Task } from './race.ts';

/** Options of {@link auto}. */
export interface AutoOptions {
  /**
   * What may be taken. The first that works is what the others' results are compared with. Default: {@link defaultCandidates}.
   */
  readonly candidates?: readonly Runtime[] | undefined;
  /**
   * Where measurements are kept, by device and network, so that the next start need not measure. Default: the browser's cache storage, or
   * in Node a file for each network in the user's cache folder. `null` measures every time.
   */
  readonly store?: ChoiceStore | null | undefined;
  /** Hears which runtime was taken and why, and when another takes over. */
  readonly onEvent?: ((event: AutoEvent) => void) | undefined;
}

/**
 * What {@link auto} measures: `simd` of @atrous/runtime-wasm and `webgpu` of @atrous/runtime-webgpu, in browsers without WebGPU `webgl` of
 * @atrous/runtime-tfjs instead, and in Node also `onnx` of @atrous/runtime-onnx. Each says whether it works; its code is loaded when it is asked.
 */
export const defaultCandidates = (): readonly Runtime[] => here.candidates();

/** A network on the fastest runtime. */
export interface AutoExecutable extends Executable {
  /** What it runs on now: another than `choice.runtime` once a device went away. */
  readonly runtime: string;
  readonly choice: Choice;
}

/** What {@link auto} returns. */
export interface AutoRuntime extends Runtime {
  compile(...call: Parameters<Runtime['compile']>): Promise<AutoExecutable>;
}

const nothingWorks = (measurements: readonly Measurement[]): BackendError =>
  new BackendError(`no runtime works here (${explain(measurements)})`, {
    code: 'BACKEND_UNAVAILABLE',
    hint: 'use a browser with WebAssembly SIMD, or give the runtime yourself',
  });

/** Candidates that may work here, and why the others do not. */
async function sift(candidates: readonly Runtime[]) {
  const states = await Promise.all(
    candidates.map(async (runtime) => ({ runtime, availability: await runtime.available() })),
  );
  return {
    working: states.flatMap(({ runtime, availability }): Candidate[] =>
      availability.available ? [{ runtime, detail: availability.detail }] : [],
    ),
    others: states.flatMap(({ runtime: { name }, availability }): Measurement[] =>
      availability.available ? [] : [{ runtime: name, reason: availability.reason }],
    ),
  };
}

/** A network that runs, why on this runtime, and what could take over. */
interface Taken {
  readonly entrant: Entrant;
  readonly choice: Choice;
  readonly substitutes: readonly Runtime[];
}

/** Candidates by how they were measured, fastest first; those that failed may do when nothing else is left. */
function byTime(candidates: readonly Runtime[], measurements: readonly Measurement[]): readonly Runtime[] {
  const times = new Map(measurements.filter(isMeasured).map(({ runtime, ms }) => [runtime, ms]));
  const timeOf = ({ name }: Runtime): number => times.get(name) ?? Number.MAX_VALUE;
  return candidates.toSorted((a, b) => timeOf(a) - timeOf(b));
}

const compileOn = async (runtime: Runtime, { graph, weights, options }: Task): Promise<Entrant> => ({
  runtime: runtime.name,
  executable: await runtime.compile(graph, weights, options),
});

/** The one that was fastest last time, as long as it is the same device and still works. */
async function takeAgain(
  candidates: readonly Runtime[],
  known: readonly Measurement[],
  task: Task,
): Promise<Taken | undefined> {
  const [fastest, ...substitutes] = byTime(candidates, known);
  const measured = known.find(({ runtime }) => runtime === fastest?.name);
  if (fastest === undefined || measured === undefined || !isMeasured(measured)) return undefined;
  const availability = await fastest.available();
  if (!availability.available || availability.detail !== measured.detail) return undefined;
  try {
    const entrant = await compileOn(fastest, task);
    const { detail } = measured;
    const choice = { runtime: fastest.name, detail, why: explain(known), measurements: known, remembered: true };
    return { entrant, choice, substitutes };
  } catch (error) {
    if (error instanceof BackendError) return undefined;
    throw error;
  }
}

/** The one that is fastest, or the first where there is nothing to compare. */
async function take(candidates: readonly Runtime[], task: Task): Promise<Taken> {
  const { working, others } = await sift(candidates);
  const [only, ...more] = working;
  if (only === undefined) throw nothingWorks(others);
  const probe = probeOf(task.graph, task.options.ops);
  if (more.length === 0 || probe === undefined) {
    const { name } = only.runtime;
    const { detail } = only;
    const reason = more.length === 0 ? `only ${name} works here` : 'no probe suits the network, so the first was taken';
    const why = [reason, explain(others)].filter((part) => part !== '').join('; ');
    const choice = { runtime: name, detail, why, measurements: [], remembered: false };
    return { entrant: await compileOn(only.runtime, task), choice, substitutes: more.map(({ runtime }) => runtime) };
  }
  const { winner, measurements: run } = await race(working, task, probe);
  const measurements = [...run, ...others];
  if (winner === undefined) throw nothingWorks(measurements);
  const { runtime, measurement } = winner;
  const choice = { runtime, detail: measurement.detail, why: explain(measurements), measurements, remembered: false };
  const runtimes = working.map(({ runtime }) => runtime);
  const substitutes = byTime(runtimes, measurements).filter(({ name }) => name !== runtime);
  return { entrant: winner, choice, substitutes };
}

/**
 * Runs a network on whichever runtime is fastest here: each candidate compiles it and runs it on a small image, and the best one is kept.
 * What was measured is remembered by device and network. When a device goes away (`DEVICE_LOST`), the next best takes over and the run is
 * done again there.
 *
 * While it measures, two candidates hold the network's weights at a time.
 *
 * @throws from `compile`: BackendError `BACKEND_UNAVAILABLE` when no candidate works; WeightsError as the candidates.
 */
export function auto({
  candidates = defaultCandidates(),
  store = here.store(),
  onEvent,
}: AutoOptions = {}): AutoRuntime {
  const names = candidates.map(({ name }) => name).join(', ');
  const runtime = defineRuntime({
    name: 'auto',
    description: `Whichever is fastest here of ${names}`,
    async available() {
      const { working, others } = await sift(candidates);
      if (working.length > 0)
        return { available: true, detail: `the fastest of ${working.map(({ runtime }) => runtime.name).join(', ')}` };
      const { message, hint = '' } = nothingWorks(others);
      return { available: false, reason: message, hint };
    },
    async compile(graph, weights, options = {}): Promise<AutoExecutable> {
      options.signal?.throwIfAborted();
      const task: Task = { graph, weights, options };
      const key = store && (await hash([here.device(), names, options.exact ?? false, graphToJson(graph)].join('\n')));
      const known = store && key ? await recall(store, key) : undefined;
      const again = known && (await takeAgain(candidates, known, task));
      const { entrant, choice, substitutes } = again ?? (await take(candidates, task));
      if (store && key && choice.measurements.length > 0 && !choice.remembered)
        await remember(store, key, choice.measurements);
      onEvent?.({ type: 'chosen', choice });
      return Object.assign(changeOver(entrant, substitutes, { task, onEvent }), { choice });
    },
  });
  return runtime as AutoRuntime;
}

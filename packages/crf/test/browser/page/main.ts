import { createRandom } from '@atrous/core';
import { createDenseCrf, type CrfField, type CrfProblem, type FieldSpec } from '@atrous/crf';
import { lattice, type LatticeEngine } from '@atrous/crf/lattice';

const [width, height, labels] = [40, 30, 5];
const random = createRandom(1, 'page');
const spec: FieldSpec = {
  ...{ width, height },
  image: { width, height, data: Uint8Array.from({ length: width * height * 3 }, () => random.integer(256)) },
  kernels: [
    { kind: 'gaussian', xyStd: 3 },
    { kind: 'bilateral', xyStd: 20, rgbStd: 60 },
  ],
};
const unary = Float32Array.from({ length: width * height * labels }, () => random.uniform(0, 4));
const problem: CrfProblem = { labels, unary, compatibilities: [3, 4], iterations: 5 };

/** Workers in the order in which they were started. */
const workers: Worker[] = [];
globalThis.Worker = class extends Worker {
  constructor(...address: ConstructorParameters<typeof Worker>) {
    super(...address);
    workers.push(this);
  }
};

const infer = async (engine: LatticeEngine) => {
  using field = await engine.prepare(spec);
  return [...(await field.infer(problem)).marginals];
};
let engine: LatticeEngine;
let field: CrfField;

/** What tests do in this page. */
const inPage = {
  marginals: (threads: number) => infer((engine = lattice({ threads }))),
  detail: () => engine.available(),
  endEngine: () => engine.dispose(),
  again: () => infer(engine),
  /** @returns the reason that a run ends with which is aborted after its third step, and the marginals of the one after it. */
  async abortMidway(threads: number) {
    using engine = lattice({ threads });
    using field = await engine.prepare(spec);
    const stop = new AbortController();
    const onProgress = ({ completed }: { completed: number }) => completed === 3 && stop.abort(new Error('enough'));
    const reason = await field
      .infer({ ...problem, iterations: 1_000_000 }, { signal: stop.signal, onProgress })
      .catch(String);
    return { reason, marginals: [...(await field.infer(problem)).marginals] };
  },
  /** @returns what a run says one of whose workers ends in its middle, and what the next says. */
  async killMidway(threads: number) {
    engine = lattice({ threads });
    field = await engine.prepare(spec);
    let kill: (() => void) | undefined = () => workers.at(-1)?.terminate();
    const onProgress = () => {
      kill?.();
      kill = undefined;
    };
    const run = field.infer({ ...problem, iterations: 1_000_000 }, { onProgress });
    return [await run.catch(String), await field.infer(problem).catch(String)];
  },
  endField: () => field.dispose(),
  /** @returns marginals of the lattice with no label left out. */
  async allLabels() {
    using field = await lattice().prepare(spec);
    return [...(await field.infer({ ...problem, tolerance: 0 })).marginals];
  },
  /** @returns marginals and labels that WebGPU computes, in software. */
  async onGpu() {
    const { webgpu } = await import('@atrous/crf/webgpu');
    using engine = webgpu({ software: true });
    using field = await engine.prepare(spec);
    using inference = await field.inferOnDevice(problem);
    return { marginals: [...(await inference.readMarginals())], labels: [...(await inference.readLabels())] };
  },
  /** @returns what `auto` is here, and what it says to that. */
  async chosen() {
    const notices: string[] = [];
    using crf = await createDenseCrf({
      width,
      height,
      bilateralWeight: 0,
      onNotice: (notice) => void notices.push(notice),
    });
    return { engine: crf.engine, notices };
  },
};
export type InPage = typeof inPage;
Object.assign(globalThis, { inPage });

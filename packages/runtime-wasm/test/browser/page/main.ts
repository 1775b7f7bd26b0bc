import type { Executable } from '@atrous/core';
import { simd } from '@atrous/runtime-wasm';
import { fastestBuild, plain, relaxed } from '../../../src/builds.ts';
import { compileNetwork } from '../../../src/compile-network.ts';
import { randomTensor, smallNetwork } from '@atrous/testing/small-network';

const { graph, weights } = smallNetwork();
const photo = randomTensor('photo', [1, 65, 65, 3]);

/** Workers in the order in which they were started. */
const workers: Worker[] = [];
globalThis.Worker = class extends Worker {
  constructor(...address: ConstructorParameters<typeof Worker>) {
    super(...address);
    workers.push(this);
  }
};

let executable: Executable;
const compile = async (threads: number) => (executable = await simd({ threads }).compile(graph, weights));
const logitsOf = async () => [...(await executable.run(photo)).logits!.data];

/** What tests do in this page. */
const inPage = {
  detail: (threads: number) => simd({ threads }).available(),
  async logits(threads: number) {
    await compile(threads);
    return logitsOf();
  },
  again: () => logitsOf(),
  /** @returns the logits of the build with relaxed SIMD, and whether a choice was made. */
  async relaxed(threads: number) {
    executable = await compileNetwork({ graph, weights }, { build: relaxed, threads }, {});
    return { isChoice: [plain, relaxed].includes(await fastestBuild()), logits: await logitsOf() };
  },
  dispose: () => executable.dispose(),
  /** @returns the reason that a run ends with which is aborted in its middle, and the logits of the one after it. */
  async abortMidway(threads: number) {
    await compile(threads);
    const stop = new AbortController();
    const onProgress = () => stop.abort(new Error('enough'));
    const reason = await executable.run(photo, { signal: stop.signal, onProgress }).catch(String);
    return { reason, logits: await logitsOf() };
  },
  /** @returns what a run says one of whose workers ends in its middle, and what the next says. */
  async killMidway(threads: number) {
    await compile(threads);
    const onProgress = () => workers.at(-1)?.terminate();
    const run = executable.run(photo, { onProgress });
    return [await run.catch(String), await executable.run(photo).catch(String)];
  },
};
export type InPage = typeof inPage;
Object.assign(globalThis, { inPage });

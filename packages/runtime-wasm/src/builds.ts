import { createGraphBuilder, parametersOf } from '@atrous/core';
import { createArena, kernelModule, type KernelModule } from '@atrous/platform/threads';
import relaxedBinary from '../assembly/index.ts?assemblyscript-relaxed';
import relaxedSharedBinary from '../assembly/index.ts?assemblyscript-relaxed-shared';
import binary from '../assembly/index.ts?assemblyscript';
import sharedBinary from '../assembly/index.ts?assemblyscript-shared';
import { packWeights } from './pack-weights.ts';
import { installPlan } from './plan/install-plan.ts';
import { makePlan } from './plan/make-plan.ts';
import { createStepRunner } from './step-runner.ts';

/** Kernels that give the same on every machine. */
export const plain: KernelModule = kernelModule(binary, sharedBinary);

/** Kernels whose products and sums a machine rounds once or twice, as it can. */
export const relaxed: KernelModule = kernelModule(relaxedBinary, relaxedSharedBinary);

/** Rounds in which builds are timed in turns: about 20 ms, in which they also become optimised code. */
const ROUNDS = 16;
const RUNS = 4;

/** By how much of its time a build has to be faster to be taken. */
const MARGIN = 0.05;

/** Times a 1×1 convolution of 4 million multiply-adds. */
async function createProbe(build: KernelModule): Promise<() => Promise<number>> {
  const arena = createArena(false, { name: 'the probe', hint: 'free some memory' });
  const builder = createGraphBuilder();
  const image = builder.input({ shape: [1, 32, 32, 64] });
  const graph = builder.build({ y: builder.conv2d(image, { name: 'probe', filters: 64, kernel: 1 }) });
  const weights = new Map(
    [...parametersOf(graph).values()].map(({ name, shape }) => [name, { shape, data: new Float32Array(4096).fill(1) }]),
  );
  const packed = packWeights(graph, weights, arena, () => {});
  const runner = await createStepRunner(await build.compile(false), arena, 1);
  const plan = makePlan({ graph, packed, ops: [], hostWeights: new Map(), parts: 1, isExact: true });
  const [stretch] = installPlan(plan, arena, Infinity).stretches;
  return async () => {
    const begin = performance.now();
    for (let i = 0; i < RUNS; i++) if (stretch && 'end' in stretch) await runner.run(stretch.first, stretch.end);
    return performance.now() - begin;
  };
}

async function choose(): Promise<KernelModule> {
  if (!relaxed.isSupported()) return plain;
  const probes = await Promise.all([plain, relaxed].map(createProbe));
  const best = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, probe] of probes.entries()) best[i] = Math.min(best[i]!, await probe());
  return best[1]! < (1 - MARGIN) * best[0]! ? relaxed : plain;
}

let chosen: Promise<KernelModule> | undefined;

/** The build that is faster on this machine, which is measured once: relaxed SIMD is worth much where it is one instruction, and nothing elsewhere. */
export const fastestBuild = (): Promise<KernelModule> => (chosen ??= choose());

import type { Runtime } from '@atrous/core';
import { runCrfGoldens } from './crf/crf-goldens.ts';
import { engineBeside } from './crf/engines.ts';
import type { GoldenResult } from './golden-result.ts';
import { runNetworkGoldens } from './network-goldens.ts';
import { runOpGoldens } from './op-goldens.ts';

/** Options of {@link runGoldens}. */
export interface GoldenOptions {
  /** A folder with `ops/`, `networks/` and `crf/`, as `goldensFolder()` of `@atrous/testing` finds it. */
  readonly folder: string;
  readonly runtime: Runtime;
  /** Only cases whose id contains this text, for example `ops/conv` or `mobilenetv2_os16/65x65`. Default: all. */
  readonly filter?: string;
}

/** Runs golden cases on a runtime, yielding each result as soon as it is known. Gradients are skipped where the runtime does not train. */
export async function* runGoldens({ folder, runtime, filter = '' }: GoldenOptions): AsyncGenerator<GoldenResult> {
  const wanted = (id: string): boolean => id.includes(filter);
  yield* runOpGoldens(folder, runtime, wanted);
  yield* runNetworkGoldens(folder, runtime, wanted);
  yield* runCrfGoldens(folder, await engineBeside(runtime.name), wanted);
}

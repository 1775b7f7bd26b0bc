import type { Runtime } from '@atrous/core';
import { describe } from 'vitest';
import type { RuntimeContract } from './runtime-contract.ts';
import { testNetworks } from './test-networks.ts';
import { testOps } from './test-ops.ts';
import { testOwnership } from './test-ownership.ts';
import { testRefusals } from './test-refusals.ts';

/**
 * The vitest suite that every runtime has to pass. Call it at the top of a test file.
 *
 * Every op kind is compared with the reference runtime on small graphs, with and without the inference passes; then whole networks,
 * typed errors, aborts, progress and memory.
 *
 * @example
 * testRuntime(wasm(), { reference: referenceRuntime(), tolerance: 2e-5 });
 */
export function testRuntime(runtime: Runtime, contract: RuntimeContract): void {
  describe(`runtime "${runtime.name}"`, () => {
    testOps(runtime, contract);
    testNetworks(runtime, contract);
    testRefusals(runtime);
    testOwnership(runtime);
  });
}

import type { Progress, Runtime } from '@atrous/core';
import { describe, expect, it } from 'vitest';
import { generateTensor } from '../golden/generator.ts';
import { weightsOf } from './op-case.ts';
import { miniatureDeepLab } from './sample-networks.ts';

const graph = miniatureDeepLab(8);
const photo = (size: number) => generateTensor({ name: 'photo', shape: [1, size, size, 3], offset: 0, scale: 1 });

/** Availability, progress and memory. */
export function testOwnership(runtime: Runtime): void {
  describe('keeps house:', () => {
    it('says that it works here, and on what', async () => {
      const here = await runtime.available();
      expect(here.available && here.detail).toBeTruthy();
    });

    it('reports progress that never goes back', async () => {
      const seen: Progress[] = [];
      const onProgress = (progress: Progress) => seen.push(progress);
      const executable = await runtime.compile(graph, weightsOf(graph), { onProgress });
      await executable.run(photo(33), { onProgress });
      executable.dispose();
      expect(new Set(seen.map(({ phase }) => phase))).toEqual(new Set(['compile', 'run']));
      for (const phase of ['compile', 'run']) {
        const steps = seen.filter((progress) => progress.phase === phase);
        const completed = steps.map((progress) => progress.completed);
        expect(completed).toEqual(completed.toSorted((a, b) => a - b));
        expect(steps.at(-1)).toMatchObject({ completed: steps.at(-1)?.total });
      }
    });

    it('holds the same memory after one run and after many, and none once disposed', async () => {
      const executable = await runtime.compile(graph, weightsOf(graph));
      await executable.run(photo(33));
      await executable.run(photo(41));
      const before = executable.memory();
      expect(before.tensors).toBeGreaterThan(0);
      expect(before.bytes).toBeGreaterThan(0);
      for (let i = 0; i < 10; i++) await executable.run(photo(i % 2 === 0 ? 33 : 41));
      expect(executable.memory()).toEqual(before);
      executable.dispose();
      expect(executable.memory()).toEqual({ tensors: 0, bytes: 0 });
    });
  });
}

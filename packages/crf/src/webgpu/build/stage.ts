import type { Buffers } from '../buffers.ts';
import { createParameterBlock } from '../parameters.ts';
import { passOf, submit, type Bound, type Pass } from '../passes.ts';
import type { Session } from '../session.ts';
import { BUILD_SHADERS } from './build-shaders.ts';
import { SCAN_BLOCK } from './shaders/scan.ts';

/** What building computes in: buffers by name, and passes that are submitted together. */
export interface Stage {
  readonly scratch: Buffers;
  /** Adds a pass of so many workgroups. @param size the shader's structure. */
  add(shader: keyof typeof BUILD_SHADERS, size: readonly number[], bound: readonly Bound[], groups: number): void;
  submit(): void;
}

/** Structures of parameters of one submission. */
const MOST_PASSES = 64;

/** Compiles what building needs. @returns a function that begins passes. */
export async function createStages({ device, load }: Session, scratch: Buffers): Promise<() => Stage> {
  const pipelineOf = await load(Object.keys(BUILD_SHADERS) as (keyof typeof BUILD_SHADERS)[]);
  return () => {
    const parameters = createParameterBlock(device, scratch, MOST_PASSES);
    const passes: Pass[] = [];
    return {
      scratch,
      add(shader, size, bound, groups) {
        passes.push(passOf(device, pipelineOf(shader), [parameters.add(size), ...bound], groups));
      },
      submit() {
        parameters.upload();
        submit(device, passes);
      },
    };
  };
}

/** Replaces numbers by the sums of all before each. @param name of buffers for sums of blocks. */
export function addScan(stage: Stage, numbers: GPUBuffer, count: number, name: string): void {
  const blocks = Math.ceil(count / SCAN_BLOCK);
  const totals = stage.scratch.reserve(`${name} of blocks`, 4 * blocks);
  stage.add('scan', [count], [numbers, totals], blocks);
  if (blocks === 1) return;
  addScan(stage, totals, blocks, `${name} of blocks`);
  stage.add('addTotals', [count], [numbers, totals], blocks);
}

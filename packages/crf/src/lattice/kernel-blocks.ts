import { createPace, type LongRunningOptions } from '@atrous/core';
import type { FieldSpec } from '../engine.ts';
import type { Address } from './assembly.ts';
import type { Kernels } from './kernels.ts';
import { prepareKernel, type LatticeKernel } from './lattice-kernel.ts';
import { movedKernel } from './moved-kernel.ts';

/** A kernel and the memory that is its own. */
export interface KernelBlock {
  readonly kernel: LatticeKernel;
  readonly from: Address;
  readonly to: Address;
}

/** A block for each kernel that is kept; the others are to be prepared. */
export type KeptBlocks = readonly (KernelBlock | undefined)[];

/** Moves blocks to where memory begins, over those that nobody needs any more, and frees what lies behind them. */
export function packBlocks({ arena, base }: Kernels, blocks: KeptBlocks): KeptBlocks {
  const packed = new Map<KernelBlock, KernelBlock>();
  let top = base;
  for (const block of blocks.filter((one) => one !== undefined).toSorted((a, b) => a.from - b.from)) {
    const { kernel, from, to } = block;
    arena.move(from, to, top);
    packed.set(block, { kernel: movedKernel(kernel, top - from), from: top, to: top + to - from });
    top += to - from;
  }
  arena.release(top);
  return blocks.map((block) => block && packed.get(block));
}

/** Prepares the kernels of a field that have no block. */
export async function fillBlocks(
  kernels: Kernels,
  field: FieldSpec,
  kept: KeptBlocks,
  options: LongRunningOptions,
): Promise<readonly KernelBlock[]> {
  const total = field.kernels.length - kept.filter(Boolean).length;
  const blocks: KernelBlock[] = [];
  let completed = 0;
  for (const [k, spec] of field.kernels.entries()) {
    let block = kept[k];
    if (block === undefined) {
      options.signal?.throwIfAborted();
      options.onProgress?.({ phase: 'prepare', completed: completed++, total, item: spec.kind });
      const from = kernels.arena.mark();
      const kernel = await prepareKernel(kernels, spec, field, createPace('prepare', { signal: options.signal }));
      block = { kernel, from, to: kernels.arena.mark() };
    }
    blocks.push(block);
  }
  return blocks;
}

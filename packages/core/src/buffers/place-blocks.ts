/** Something that needs a part of a memory for some time: from step `from` to step `to`, both included. */
export interface Block {
  readonly size: number;
  readonly from: number;
  readonly to: number;
}

const overlap = (a: Block, b: Block): boolean => a.from <= b.to && b.from <= a.to;

/**
 * Places blocks in one memory so that no two that live at a time share any of it: the largest first, each in the lowest gap that it fits in.
 *
 * @returns an offset for each block, in its order.
 */
export function placeBlocks(blocks: readonly Block[]): readonly number[] {
  const offsets = blocks.map(() => 0);
  const placed: number[] = [];
  const largestFirst = [...blocks.keys()].sort((a, b) => (blocks[b] as Block).size - (blocks[a] as Block).size);
  for (const index of largestFirst) {
    const block = blocks[index] as Block;
    const neighbours = placed
      .filter((other) => overlap(block, blocks[other] as Block))
      .sort((a, b) => (offsets[a] as number) - (offsets[b] as number));
    let offset = 0;
    for (const other of neighbours) {
      const start = offsets[other] as number;
      if (offset + block.size <= start) break;
      offset = Math.max(offset, start + (blocks[other] as Block).size);
    }
    offsets[index] = offset;
    placed.push(index);
  }
  return offsets;
}

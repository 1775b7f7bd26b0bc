import { planBlur } from './blur-stages.ts';
import { shareOf, type Call, type Phase } from './crew.ts';
import type { Inference } from './inference.ts';

const VECTOR = 16;

/** Adds up what parts splatted, each in a lattice of its own: any two pixels may have a vertex in common. */
export function mergePhases({ lattices: { splatted }, lanes, blockBytes }: Inference): Phase[] {
  const [sum, ...others] = splatted;
  if (sum === undefined || others.length === 0) return [];
  const vectors = (lanes.blocks * blockBytes) / VECTOR;
  return [
    splatted.map((_, part) => {
      const [from, to] = shareOf(vectors, part, splatted.length).map((at) => at * VECTOR) as [number, number];
      return others.map((other): Call => ['add', sum + from, other + from, to - from]);
    }),
  ];
}

/** Whether parts take whole blocks, and so need not wait for each other: there are enough of them for equal shares. */
const hasBlocksForAll = (blocks: number, parts: number): boolean => blocks % parts === 0 || blocks >= 4 * parts;

/** Blurs some blocks, `parts` at once. @returns for each stage what each part does. */
function blurStages(
  { prepared, lattices, lanes, blockBytes, zeros }: Inference,
  blocks: readonly number[],
  parts: number,
) {
  const stages: Call[][][] = [];
  for (const block of blocks) {
    let values = lattices.splatted[0]! + block * blockBytes;
    for (const { lattice } of prepared) {
      for (const [i, stage] of planBlur(lattice.chains, parts).entries()) {
        const calls = (stages[i] ??= Array.from({ length: parts }, () => []));
        for (const [part, segments] of stage.entries())
          for (const { chains, from, to } of segments)
            calls[part]!.push(['blur', lanes.vectors, values, chains, from, to, zeros]);
      }
      values += lanes.rowBytes * lattice.vertices;
    }
  }
  return stages;
}

/** Blurs along one axis after the other. */
export function blurPhases(inference: Inference): Phase[] {
  const { parts, lanes } = inference;
  const blocks = [...Array(lanes.blocks).keys()];
  if (!hasBlocksForAll(lanes.blocks, parts.length)) return blurStages(inference, blocks, parts.length);
  return [
    parts.map((_, part) => {
      const [from, to] = shareOf(lanes.blocks, part, parts.length);
      return blocks.slice(from, to).flatMap((block) => blurStages(inference, [block], 1).flat(2));
    }),
  ];
}

import { blurBlock } from './blur.ts';
import { sharesOf, type Call, type Phase } from './crew.ts';
import type { Inference } from './inference.ts';

const VECTOR = 16;

/** Adds up what parts splatted, each in a lattice of its own: any two pixels may have a vertex in common. */
export function mergePhases({ lattices: { splatted }, lanes, blockBytes }: Inference): Phase[] {
  const [sum, ...others] = splatted;
  if (sum === undefined || others.length === 0) return [];
  const vectors = (lanes.blocks * blockBytes) / VECTOR;
  return [
    sharesOf(vectors, splatted.length).map(([from, to]) =>
      others.map((other): Call => ['add', sum + VECTOR * from, other + VECTOR * from, VECTOR * (to - from)]),
    ),
  ];
}

/** What can be done at the same time, first phases first. */
function joinPhases(jobs: readonly (readonly Phase[])[]): Phase[] {
  const joined: Call[][][] = [];
  for (const phases of jobs)
    for (const [i, phase] of phases.entries())
      for (const [part, calls] of phase.entries()) ((joined[i] ??= [])[part] ??= []).push(...calls);
  return joined;
}

/** Whether parts take whole blocks, and so need not wait for each other: there are enough of them for equal shares. */
const hasBlocksForAll = (blocks: number, parts: number): boolean => blocks % parts === 0 || blocks >= 4 * parts;

/** Blurs one block of all kernels' lattices. */
function blurKernels(
  { prepared, lattices, lanes, blockBytes, zeros }: Inference,
  block: number,
  parts: number,
): Phase[] {
  const { vectors, rowBytes } = lanes;
  let values = lattices.splatted[0]! + block * blockBytes;
  const blurred = prepared.map(({ lattice }) => {
    const phases = blurBlock(lattice, { values, vectors, zeros }, parts);
    values += rowBytes * lattice.vertices;
    return phases;
  });
  return joinPhases(blurred);
}

/** Blurs along one axis after the other. */
export function blurPhases(inference: Inference): Phase[] {
  const { parts, lanes } = inference;
  const blocks = [...Array(lanes.blocks).keys()];
  if (!hasBlocksForAll(lanes.blocks, parts.length))
    return joinPhases(blocks.map((block) => blurKernels(inference, block, parts.length)));
  return [
    sharesOf(lanes.blocks, parts.length).map(([from, to]) =>
      blocks.slice(from, to).flatMap((block) => blurKernels(inference, block, 1).flat(2)),
    ),
  ];
}

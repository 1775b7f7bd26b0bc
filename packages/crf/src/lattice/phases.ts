import type { Blur } from './blur.ts';
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

/** Blurs one block of all kernels' lattices. */
function blurBlock(
  { prepared, lattices, lanes, blockBytes }: Inference,
  blurs: readonly Blur[],
  block: number,
): Phase[] {
  let values = lattices.splatted[0]! + block * blockBytes;
  const phases = prepared.map(({ lattice }, kernel) => {
    const at = values;
    values += lanes.rowBytes * lattice.vertices;
    return blurs[kernel]!(at);
  });
  return joinPhases(phases);
}

/** Blurs along one axis after the other. */
export function blurPhases(inference: Inference): Phase[] {
  const { parts, lanes, blurs } = inference;
  const blocks = [...Array(lanes.blocks).keys()];
  if (blurs.length < parts.length) return blocks.flatMap((block) => blurBlock(inference, blurs[0]!, block));
  return [
    sharesOf(lanes.blocks, parts.length).map(([from, to], part) =>
      blocks.slice(from, to).flatMap((block) => blurBlock(inference, blurs[part]!, block).flat(2)),
    ),
  ];
}

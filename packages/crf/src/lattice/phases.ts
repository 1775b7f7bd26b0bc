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

/** Blurs along one axis after the other; parts take chains, which have no vertex in common. */
export function blurPhases({ prepared, parts, lattices, lanes, blockBytes, zeros }: Inference): Phase[] {
  const { blocks, vectors } = lanes;
  const axes = Math.max(0, ...prepared.map(({ lattice }) => lattice.corners));
  const blurAxis = (axis: number, part: number): Call[] => {
    const calls: Call[] = [];
    for (let block = 0; block < blocks; block++) {
      let values = lattices.splatted[0]! + block * blockBytes;
      for (const { lattice } of prepared) {
        const chains = lattice.chains[axis];
        if (chains)
          calls.push(['blur', vectors, values, chains.at, ...shareOf(chains.length, part, parts.length), zeros]);
        values += VECTOR * vectors * lattice.vertices;
      }
    }
    return calls;
  };
  return Array.from({ length: axes }, (_, axis) => parts.map((_, part) => blurAxis(axis, part)));
}

import type { Address } from '@atrous/platform/threads';

export type { Address };

/** The functions of `assembly/`, which say what they do. They trust their arguments. */
export interface Assembly {
  add(to: Address, from: Address, bytes: number): void;
  blur(vectors: number, values: Address, steps: Address, end: Address, room: Address, zeros: Address): void;
  clear(at: Address, bytes: number): void;
  embed(embedding: Address, to: number): void;
  fillTable(slots: Address, shift: number, keys: Address, count: number): void;
  leastGaps(energies: Address, pixels: number, labels: number, gaps: Address): void;
  listIncidences(
    rows: Address,
    weights: Address,
    corners: number,
    base: number,
    norms: Address,
    factor: number,
    to: Address,
    step: number,
    pixels: number,
    rowBytes: number,
  ): void;
  listNeighbours(
    keys: Address,
    names: Address,
    count: number,
    step: bigint,
    groups: Address,
    groupCount: number,
    list: Address,
    ends: Address,
    leads: Address,
    scratch: Address,
  ): void;
  loadAllLogits(energies: Address, pixels: number, labels: number, logits: Address, step: number): void;
  loadLanes(from: Address, channels: number, pitch: number, to: Address, step: number, pixels: number): void;
  loadLiveLogits(
    energies: Address,
    pixels: number,
    labels: number,
    order: Address,
    logits: Address,
    step: number,
  ): void;
  meanFieldPass(pass: Address, from: number, to: number): void;
  measure(pass: Address, sums: Address, from: number, to: number): void;
  memoBytes(step: number): number;
  numberGroups(
    keys: Address,
    count: number,
    mask: bigint,
    ranks: Address,
    rankCount: number,
    names: Address,
    groups: Address,
    cursors: Address,
  ): number;
  renumber(numbers: Address, count: number, names: Address): void;
  slice(
    vectors: number,
    list: Address,
    corners: number,
    values: Address,
    from: Address,
    pitch: number,
    to: Address,
    step: number,
    end: Address,
  ): void;
  sortBytes(count: number): number;
  sortKeys(keys: Address, count: number, bits: number, ranks: Address, scratch: Address): void;
  splat(
    vectors: number,
    list: Address,
    corners: number,
    values: Address,
    pixels: Address,
    step: number,
    end: Address,
  ): void;
  storeKept(pass: Address, from: number, to: number): void;
  storeLanes(from: Address, step: number, channels: number, to: Address, pitch: number, pixels: number): void;
  uniteKeys(keys: Address, count: number, places: Address): number;
}

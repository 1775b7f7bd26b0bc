/** Where one of `bins` even parts of an axis begins and ends (exclusive). Parts overlap where the extent is no multiple (PyTorch). */
export const poolingBin = (bin: number, bins: number, extent: number): readonly [start: number, end: number] => [
  Math.floor((bin * extent) / bins),
  Math.ceil(((bin + 1) * extent) / bins),
];

/** A linear map along one axis, as the share that every output takes of every input. */
export interface AxisMatrix {
  readonly outExtent: number;
  readonly inExtent: number;
  /** `[outExtent, inExtent]`. */
  readonly shares: Float32Array;
}

/** Builds a matrix of its non-zero entries; shares of the same input add up. */
export function axisMatrix(
  outExtent: number,
  inExtent: number,
  entriesOf: (out: number) => Iterable<readonly [input: number, share: number]>,
): AxisMatrix {
  const shares = new Float32Array(outExtent * inExtent);
  for (let out = 0; out < outExtent; out++)
    for (const [input, share] of entriesOf(out)) shares[out * inExtent + input]! += share;
  return { outExtent, inExtent, shares };
}

/** The same map with inputs as rows: `[inExtent, outExtent]`. */
export function transposed({ outExtent, inExtent, shares }: AxisMatrix): Float32Array {
  const turned = new Float32Array(shares.length);
  for (let out = 0; out < outExtent; out++)
    for (let input = 0; input < inExtent; input++) turned[input * outExtent + out] = shares[out * inExtent + input]!;
  return turned;
}

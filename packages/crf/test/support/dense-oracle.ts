import type { CrfProblem, FieldSpec, KernelSpec } from '@atrous/crf';

type Matrix = readonly (readonly number[])[];

const list = (std: number | readonly number[], length: number): readonly number[] =>
  typeof std === 'number' ? Array.from({ length }, () => std) : std;

function featureOf(kernel: KernelSpec, { width, image }: FieldSpec, pixel: number): readonly number[] {
  if (kernel.kind === 'features')
    return [...kernel.features.subarray(pixel * kernel.dimensions, (pixel + 1) * kernel.dimensions)];
  const [sx, sy] = list(kernel.xyStd, 2);
  const position = [(pixel % width) / sx!, Math.floor(pixel / width) / sy!];
  if (kernel.kind === 'gaussian') return position;
  const { data } = image!;
  const stride = data.length / (image!.width * image!.height);
  return [...position, ...list(kernel.rgbStd, 3).map((std, c) => data[pixel * stride + c]! / std)];
}

/** A kernel as the matrix that it is, normalised. */
export function kernelMatrix(kernel: KernelSpec, field: FieldSpec): Matrix {
  const features = Array.from({ length: field.width * field.height }, (_, pixel) => featureOf(kernel, field, pixel));
  const plain = features.map((a) =>
    features.map((b) => Math.exp(-a.reduce((sum, v, d) => sum + (v - b[d]!) ** 2, 0) / 2)),
  );
  const norms = plain.map((row) => row.reduce((sum, v) => sum + v, 0));
  const entry = {
    none: (v: number) => v,
    before: (v: number, _i: number, j: number) => v / norms[j]!,
    after: (v: number, i: number) => v / norms[i]!,
    symmetric: (v: number, i: number, j: number) => v / Math.sqrt(norms[i]! * norms[j]!),
  }[kernel.normalization ?? 'symmetric'];
  return plain.map((row, i) => row.map((v, j) => entry(v, i, j)));
}

const softmaxRow = (energies: readonly number[]): readonly number[] => {
  const least = Math.min(...energies);
  const powers = energies.map((energy) => Math.exp(least - energy));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
};

function compatibilityEntry({ compatibilities, labels }: CrfProblem, kernel: number, to: number, from: number): number {
  const compatibility = compatibilities[kernel]!;
  if (typeof compatibility === 'number') return to === from ? compatibility : 0;
  if ('perLabel' in compatibility) return to === from ? compatibility.perLabel[to]! : 0;
  return (compatibility.matrix[to * labels + from]! + compatibility.matrix[from * labels + to]!) / 2;
}

/** Mean field written down as in the paper, with whole matrices: `[pixels][labels]`. */
export function denseOracle(field: FieldSpec, problem: CrfProblem): Matrix {
  const matrices = field.kernels.map((kernel) => kernelMatrix(kernel, field));
  const { labels, unary, iterations } = problem;
  const all = Array.from({ length: labels }, (_, label) => label);
  const unaries = Array.from({ length: field.width * field.height }, (_, pixel) =>
    all.map((label) => unary[pixel * labels + label]!),
  );
  let q: Matrix = unaries.map(softmaxRow);
  for (let step = 0; step < iterations; step++) {
    const filtered = matrices.map((matrix) =>
      matrix.map((row) => all.map((label) => row.reduce((sum, k, j) => sum + k * q[j]![label]!, 0))),
    );
    q = unaries.map((energies, pixel) =>
      softmaxRow(
        energies.map((energy, to) =>
          filtered.reduce(
            (sum, sums, k) =>
              all.reduce((part, from) => part - compatibilityEntry(problem, k, to, from) * sums[pixel]![from]!, sum),
            energy,
          ),
        ),
      ),
    );
  }
  return q;
}

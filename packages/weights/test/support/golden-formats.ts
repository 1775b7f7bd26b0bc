import { goldensFolder } from '@atrous/testing';
import type { StoredTensor } from '@atrous/weights';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ExpectedTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: readonly (number | string | boolean)[];
}

/** A file of `formats/` and what must become of it. */
export interface FormatCase {
  readonly path: string;
  readonly file: string;
  readonly expect: 'load' | 'reject' | 'no_pollution' | 'no_hang';
  readonly why?: string;
  readonly tensors?: Readonly<Record<string, ExpectedTensor>>;
  readonly array?: ExpectedTensor;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The cases under some folders of `formats/`; none where the goldens are absent. */
export function formatCases(...folders: readonly string[]): readonly FormatCase[] {
  const root = goldensFolder();
  if (root === undefined) return [];
  return ['expected.json', 'expected_tf.json'].flatMap((file) => {
    const cases = JSON.parse(readFileSync(join(root, 'formats', file), 'utf8')) as Record<string, FormatCase>;
    return Object.entries(cases)
      .filter(([path]) => folders.includes(path.split('/')[0] ?? ''))
      .map(([path, content]) => ({ ...content, path, file: join(root, 'formats', path) }));
  });
}

/** A tensor in the words of `expected.json`: exact values, large integers as text. */
export function described({ dtype, shape, data }: StoredTensor): ExpectedTensor {
  const values = Array.from<number | bigint>(data as ArrayLike<number | bigint> & Iterable<number | bigint>);
  return {
    dtype,
    shape,
    values: values.map((value) => {
      if (dtype === 'bool') return value === 1;
      return typeof value === 'bigint' && BigInt(Number(value)) !== value ? `${value}` : Number(value);
    }),
  };
}

/** Integers past 2^53 are text in the files whether or not a number could hold them. */
export const normalized = ({ dtype, shape, values }: ExpectedTensor): ExpectedTensor => ({
  dtype: dtype === '>f4' ? 'float32' : dtype,
  shape,
  values: values.map((value) =>
    typeof value === 'string' && BigInt(Number(value)) === BigInt(value) ? Number(value) : value,
  ),
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedIntegers, generateTensor, goldensFolder } from '../src/index.ts';

interface Vector {
  readonly name: string;
  readonly offset: number;
  readonly scale: number;
  readonly shape: readonly number[];
  readonly first_u32?: readonly number[];
  readonly first_values?: readonly number[];
  readonly crc32: number;
}

it('gives the published values', () => {
  const { data } = generateTensor({ name: 'input', shape: [1, 3, 65, 65], offset: 0, scale: 1, crc32: 2979439264 });
  expect([...data.subarray(0, 3)]).toEqual([0.5980662703514099, 0.3703484833240509, 0.9605294466018677]);
});

it('refuses a wrong checksum', () => {
  expect(() => generateTensor({ name: 'input', shape: [5], offset: 0, scale: 1, crc32: 1 })).toThrow('"input"');
});

const folder = goldensFolder();

describe.skipIf(folder === undefined)('generator vectors', () => {
  const vectors = folder
    ? (JSON.parse(readFileSync(join(folder, 'networks/generator-vectors.json'), 'utf8')) as Vector[])
    : [];
  it.each(vectors.map((vector) => [`${vector.name} [${vector.shape.join()}]`, vector] as const))('%s', (_, vector) => {
    const { first_u32: integers = [], first_values: values = [] } = vector;
    expect([...generatedIntegers(vector.name, integers.length)]).toEqual(integers);
    expect([...generateTensor(vector).data.subarray(0, values.length)]).toEqual(values);
  });
});

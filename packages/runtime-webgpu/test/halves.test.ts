import { expect, it } from 'vitest';
import { toHalves } from '../src/halves.ts';

const bitsOf = (value: number): string => toHalves(Float32Array.of(value))[0]!.toString(16);

it.each([
  ['zero', 0, '0'],
  ['one', 1, '3c00'],
  ['minus two', -2, 'c000'],
  ['the smallest normal number', 2 ** -14, '400'],
  ['the smallest number', 2 ** -24, '1'],
  ['half of it, which is even', 2 ** -25, '0'],
  ['a tie, to the even one above', 1 + 3 * 2 ** -11, '3c02'],
  ['a tie, to the even one below', 1 + 2 ** -11, '3c00'],
  ['what rounds up to the next power', 2 - 2 ** -12, '4000'],
  ['the largest number', 65504, '7bff'],
  ['what is beyond', -1e9, 'fbff'],
])('packs %s', (_, value, bits) => expect(bitsOf(value)).toBe(bits));

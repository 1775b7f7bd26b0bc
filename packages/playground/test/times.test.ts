import { expect, it } from 'vitest';
import { formatMilliseconds } from '../src/times.ts';

it.each([
  [0.34, '0.3 ms'],
  [12.4, '12 ms'],
  [999.4, '999 ms'],
  [3204, '3.20 s'],
])('writes %d milliseconds as %s', (milliseconds, text) => {
  expect(formatMilliseconds(milliseconds)).toBe(text);
});

import { borderDistances } from '@atrous/metrics';
import { expect, it } from 'vitest';
import { distance, placesOf, randomPair } from './random-pair.ts';

it('is the distance to the nearest pixel with another label', () => {
  for (let seed = 0; seed < 150; seed++) {
    const pair = randomPair(seed);
    const places = placesOf(pair);
    const expected = places.map((a) =>
      Math.min(...places.filter((b) => pair.truth[a.pixel] !== pair.truth[b.pixel]).map((b) => distance(a, b))),
    );
    expect([seed, ...borderDistances(pair.truth, pair.width)]).toEqual([seed, ...expected]);
  }
});

it('refuses labels that make no rows', () => {
  for (const width of [0, 2, 1.5]) expect(() => borderDistances([0, 0, 1], width)).toThrow(/do not make rows/);
});

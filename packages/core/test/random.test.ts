import { describe, expect, it } from 'vitest';
import { createRandom } from '../src/index.ts';

const draw = (count: number, ...keys: (number | string)[]): number[] => {
  const random = createRandom(...keys);
  return Array.from({ length: count }, () => random.uniform());
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('createRandom', () => {
  it('gives the same stream for the same keys and others for others', () => {
    expect(draw(5, 7, 'crop', 3)).toEqual(draw(5, 7, 'crop', 3));
    const streams = [draw(5, 7, 'crop', 3), draw(5, 7, 'crop', 4), draw(5, 7, 'flip', 3), draw(5, 3, 'crop', 7)];
    expect(new Set(streams.map((stream) => stream.join())).size).toBe(4);
  });

  it('tells keys beyond 32 bits, and words from their letters', () => {
    expect(draw(1, 2 ** 32 + 1)).not.toEqual(draw(1, 1));
    expect(draw(1, 'a')).not.toEqual(draw(1, 97));
  });

  it('is uniform: mean, variance and every tenth alike', () => {
    const values = draw(100_000, 1);
    expect(mean(values)).toBeCloseTo(0.5, 2);
    expect(mean(values.map((value) => (value - 0.5) ** 2))).toBeCloseTo(1 / 12, 2);
    const tenths = Array.from({ length: 10 }, (_, i) => values.filter((value) => Math.floor(value * 10) === i).length);
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it('has streams that are uniform across neighbouring keys', () => {
    const firsts = Array.from({ length: 20_000 }, (_, step) => createRandom(5, step).uniform());
    expect(mean(firsts)).toBeCloseTo(0.5, 2);
    const products = firsts.slice(1).map((value, i) => (value - 0.5) * (firsts[i]! - 0.5));
    expect(Math.abs(mean(products))).toBeLessThan(0.002);
  });

  it('is normal: mean 0, deviation 1, two thirds within it', () => {
    const random = createRandom('normal');
    const values = Array.from({ length: 50_000 }, () => random.normal());
    expect(mean(values)).toBeCloseTo(0, 1);
    expect(mean(values.map((value) => value ** 2))).toBeCloseTo(1, 1);
    expect(values.filter((value) => Math.abs(value) < 1).length / values.length).toBeCloseTo(0.683, 2);
  });

  it('picks every choice', () => {
    const random = createRandom(3);
    const picked = new Set(Array.from({ length: 100 }, () => random.pick(['a', 'b', 'c'])));
    expect([...picked].toSorted()).toEqual(['a', 'b', 'c']);
    expect(Array.from({ length: 100 }, () => random.chance(0)).some(Boolean)).toBe(false);
    expect(Array.from({ length: 100 }, () => random.chance(1)).every(Boolean)).toBe(true);
  });
});

import { hybridRates, type HybridAssignment } from '@atrous/atrous-ops';
import { describe, expect, it } from 'vitest';

describe('hybridRates', () => {
  // The rates that TuSimple released for ResNet-101, but for the first, which is 2 there.
  it('repeats 1, 2, 5, 9 and ends in 1, 2, 5', () => {
    const [third, fourth] = hybridRates('bigger', [23, 3]);
    expect(third.join()).toBe('1,2,5,9,1,2,5,9,1,2,5,9,1,2,5,9,1,2,5,9,1,2,5');
    expect(fourth).toEqual([5, 9, 17]);
  });

  it('keeps rate 2 where a group of three has no room', () => {
    const [third, fourth] = hybridRates('rf', [23, 3]);
    expect(third.join()).toBe('1,2,3,1,2,3,1,2,3,1,2,3,1,2,3,1,2,3,1,2,3,2,2');
    expect(fourth).toEqual([3, 4, 5]);
    expect(hybridRates('rf', [36, 3])[0].slice(-3)).toEqual([1, 2, 3]);
  });

  it('groups units in twos, or leaves rates out', () => {
    expect(hybridRates('conv', [5, 3])).toEqual([
      [2, 1, 2, 1, 2],
      [2, 1, 2],
    ]);
    expect(hybridRates('none', [2, 3])).toEqual([
      [1, 1],
      [1, 1, 1],
    ]);
  });

  it('refuses what it does not know', () => {
    expect(() => hybridRates('all' as HybridAssignment, [23, 3])).toThrow('assignment is "all"');
    expect(() => hybridRates('rf', [0, 3])).toThrow('units is 0');
  });
});

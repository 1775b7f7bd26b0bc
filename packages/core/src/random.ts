/** What a random stream is keyed by. Words are hashed. */
export type RandomKey = number | string;

/** A stream of random numbers that is the same on every machine. */
export interface Random {
  /** The next number within `low` (default 0, included) and `high` (default 1, excluded). */
  uniform(low?: number, high?: number): number;
  /** The next whole number within 0 and `count − 1`. */
  integer(count: number): number;
  /** The next number of a normal distribution of mean 0 and standard deviation 1. */
  normal(): number;
  /** Whether something of this probability happens. */
  chance(probability: number): boolean;
  /** One of a list that is not empty. */
  pick<T>(choices: readonly T[]): T;
}

const GOLDEN = 0x9e3779b9;

/** Spreads the bits of a 32-bit number (the finisher of MurmurHash3). */
function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function numberOf(key: RandomKey): readonly number[] {
  if (typeof key === 'string') return [...key].map((letter) => letter.codePointAt(0) as number);
  return [key >>> 0, Math.floor(key / 2 ** 32) >>> 0];
}

/**
 * A stream that follows from its keys alone, for example `createRandom(seed, 'crop', step)`: nothing needs to be stored to go on at any
 * step, and streams of different keys do not depend on each other's use.
 *
 * @param keys whole numbers of at most 53 bits, and words; their order counts.
 */
export function createRandom(...keys: readonly RandomKey[]): Random {
  // two counters with different steps make one stream of 64-bit states
  let a = 0x243f6a88;
  let b = 0xb7e15162;
  for (const key of keys)
    for (const part of [typeof key === 'string' ? 1 : 2, ...numberOf(key)]) {
      a = mix(a + GOLDEN + part);
      b = mix((b ^ a) + Math.imul(part, 0x85ebca6b));
    }
  const bits = (): number => {
    a = (a + GOLDEN) >>> 0;
    if (a < GOLDEN) b = (b + 1) >>> 0;
    return mix(mix(a) ^ b);
  };
  const unit = (): number => ((bits() >>> 5) * 2 ** 26 + (bits() >>> 6)) * 2 ** -53;
  const integer = (count: number): number => Math.floor(unit() * count);
  return {
    uniform: (low = 0, high = 1) => low + (high - low) * unit(),
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    chance: (probability) => unit() < probability,
    pick: (choices) => choices[integer(choices.length)] as (typeof choices)[number],
  };
}

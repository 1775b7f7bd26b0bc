import { createArena } from '@atrous/platform/threads';
import { expect, it } from 'vitest';

const OWNER = { name: 'the test', hint: 'be content with less' };

it.each([false, true])('hands out whole cache lines that can be given back (shared: %s)', (isShared) => {
  const arena = createArena(isShared, OWNER);
  const first = arena.allocate(10);
  const mark = arena.mark();
  const second = arena.allocate(100_000);
  expect([first % 64, second % 64, second - first]).toEqual([0, 0, 64]);
  arena.floats(second, 25_000).fill(3);
  arena.move(second, second + 8, first);
  expect([...arena.floats(first, 3)]).toEqual([3, 3, 0]);
  arena.release(mark);
  expect(arena.allocate(1)).toBe(second);
});

it('grows, and keeps what it holds', () => {
  const arena = createArena(false, OWNER);
  const at = arena.allocate(8);
  arena.doubles(at, 1)[0] = Math.PI;
  arena.allocate(2 ** 20);
  expect(arena.memory.buffer.byteLength).toBeGreaterThan(2 ** 20);
  expect(arena.doubles(at, 1)[0]).toBe(Math.PI);
});

it('names its owner when there is no more, and goes on with what there is', () => {
  const arena = createArena(false, OWNER);
  const failure = { code: 'OUT_OF_MEMORY', message: 'the test ran out of memory: no 5000000000 bytes more' };
  expect(() => arena.allocate(5e9)).toThrow(expect.objectContaining({ ...failure, hint: OWNER.hint }));
  expect(arena.allocate(64)).toBe(64);
});

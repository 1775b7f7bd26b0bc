import { createRandom } from '@atrous/core';
import { expect, it } from 'vitest';
import { placeBuffers } from '../../src/memory/place-buffers.ts';

it('never lets two buffers overlap that are needed at one time', () => {
  const random = createRandom('buffers');
  for (let round = 0; round < 50; round++) {
    const buffers = Array.from({ length: 30 }, () => {
      const from = Math.floor(random.uniform(0, 40));
      return { bytes: Math.floor(random.uniform(1, 3000)), from, to: from + Math.floor(random.uniform(0, 9)) };
    });
    const { offsets, bytes } = placeBuffers(buffers);
    for (const a of buffers) {
      const start = offsets.get(a)!;
      expect(start % 64).toBe(0);
      expect(start + a.bytes).toBeLessThanOrEqual(bytes);
      for (const b of buffers) {
        if (a === b || a.to < b.from || b.to < a.from) continue;
        expect(start + a.bytes <= offsets.get(b)! || offsets.get(b)! + b.bytes <= start).toBe(true);
      }
    }
  }
});

it('gives a chain of equal buffers two places', () => {
  const chain = Array.from({ length: 9 }, (_, i) => ({ bytes: 640, from: i, to: i + 1 }));
  expect(placeBuffers(chain).bytes).toBe(1280);
});

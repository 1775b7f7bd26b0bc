import type { AutoEvent } from '@atrous/runtime-auto';
import { expect, it } from 'vitest';
import { createSegmenter } from '../src/node/index.ts';
import { paint, tinyBundle } from './support/tiny-bundle.ts';

it('runs on the fastest runtime when none is named', async () => {
  const events: AutoEvent[] = [];
  const phases = new Set<string>();
  using segmenter = await createSegmenter({
    bundle: tinyBundle(),
    onRuntime: (event) => events.push(event),
    onProgress: ({ phase }) => phases.add(phase),
  });
  const { labels } = await segmenter.segment(paint(2, 1, (x) => (x === 0 ? [0, 0, 0] : [0, 200, 0])));
  expect([...labels]).toEqual([0, 2]);
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({ type: 'chosen', choice: { runtime: segmenter.runtime } });
});

import { camvid, streetDataset, streetScene } from '@atrous/data';
import { expect, it } from 'vitest';

const size = { width: 96, height: 72 };

it('draws the same bytes for the same options, others for another seed or index', () => {
  const { image, mask } = streetScene({ seed: 3, index: 2, ...size });
  expect(streetScene({ seed: 3, index: 2, ...size })).toMatchObject({ image, mask });
  expect(streetScene({ seed: 3, index: 3, ...size }).mask.data).not.toEqual(mask.data);
  expect(streetScene({ seed: 4, index: 2, ...size }).mask.data).not.toEqual(mask.data);
});

it('shows every class of CamVid', () => {
  const seen = new Set<number>();
  for (let index = 0; index < 8; index++)
    for (const id of streetScene({ seed: 1, index, ...size }).mask.data) seen.add(id);
  expect([...seen].toSorted((a, b) => a - b).slice(0, camvid.classes.length)).toEqual(
    camvid.classes.map(({ id }) => id),
  );
});

it('knows how far everything is, the sky without end', () => {
  const { mask, depth } = streetScene({ seed: 1, ...size });
  expect([...depth].map((metres) => metres === Infinity)).toEqual([...mask.data].map((id) => id === 0));
});

it('refuses pictures without room for a street', () => {
  expect(() => streetScene({ seed: 1, width: 8 })).toThrow('at least 16');
  expect(() => streetDataset({ seed: 1, count: 0 })).toThrow('at least 1');
});

it('is a data set whose scenes are drawn when opened', async () => {
  const { labels, samples } = streetDataset({ seed: 5, count: 3, ...size });
  expect(labels).toBe(camvid);
  expect(new Set(samples.map(({ id }) => id)).size).toBe(3);
  const { image, mask } = await samples[1]!.open();
  expect({ image, mask }).toEqual({
    image: streetScene({ seed: 5, index: 1, ...size }).image,
    mask: streetScene({ seed: 5, index: 1, ...size }).mask,
  });
  await expect(samples[0]!.open({ signal: AbortSignal.abort() })).rejects.toThrow('aborted');
});

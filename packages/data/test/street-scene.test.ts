import { camvid, streetDataset, streetScene } from '@atrous/data';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const size = { width: 96, height: 72 };

it('draws the same bytes for the same options, others for another seed or index', () => {
  const { image, mask } = streetScene({ seed: 3, index: 2, ...size });
  expect(streetScene({ seed: 3, index: 2, ...size })).toMatchObject({ image, mask });
  expect(streetScene({ seed: 3, index: 3, ...size }).mask.data).not.toEqual(mask.data);
  expect(streetScene({ seed: 4, index: 2, ...size }).mask.data).not.toEqual(mask.data);
});

it.each([
  [0, 320, 240, '39cfdf79dc22cf98'],
  [1, 97, 65, 'f5a819661eabb993'],
  [11, 160, 120, '1f894533e315669b'],
])('draws scene %i at %i×%i as it did on the machine that trained with it', (index, width, height, digest) => {
  const { image, mask } = streetScene({ seed: 2026, index, width, height });
  expect(createHash('sha256').update(image.data).update(mask.data).digest('hex').slice(0, 16)).toBe(digest);
});

it('uses no function whose last bit engines choose themselves', () => {
  const folder = new URL('../src/street/', import.meta.url);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const code = readFileSync(new URL(name, folder), 'utf8').replaceAll(/\/\*\*.*?\*\//gs, '');
    expect(code).not.toMatch(/Math\.(a?(sin|cos|tan)h?|atan2|exp|expm1|log\w*|pow|hypot|cbrt)\b|\*\*|\.normal\(/);
  }
});

it('shows every class of CamVid often and large enough to be learned', () => {
  const scenes = Array.from({ length: 12 }, (_, index) => streetScene({ seed: 1, index, ...size }).mask.data);
  for (const { id, name } of camvid.classes) {
    const pixels = scenes.map((data) => data.filter((label) => label === id).length);
    const share = pixels.reduce((sum, n) => sum + n, 0) / (scenes.length * size.width * size.height);
    expect(share, name).toBeGreaterThan(0.008);
    expect(pixels.filter((n) => n > 20).length, name).toBeGreaterThanOrEqual(8);
  }
});

it('knows how far everything is, the sky without end', () => {
  const { mask, depth } = streetScene({ seed: 1, ...size });
  expect([...depth].map((metres) => metres === Infinity)).toEqual([...mask.data].map((id) => id === 0));
});

it('refuses pictures without room for a street, and seeds that are no seeds', () => {
  expect(() => streetScene({ seed: 1, width: 8 })).toThrow('at least 16');
  expect(() => streetScene({ seed: 0.5 })).toThrow('whole numbers');
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

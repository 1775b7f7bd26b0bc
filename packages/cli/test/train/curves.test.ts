import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { renderCurves } from '../../src/train/curves/render-curves.ts';
import { renderPage } from '../../src/train/curves/render-page.ts';
import { smooth } from '../../src/train/curves/smooth.ts';
import { runOfEntries } from './run-of-entries.ts';

describe('smooth', () => {
  it('keeps what is constant, also at its start', () => {
    for (const value of smooth([3, 3, 3, 3], 0.95)) expect(value).toBeCloseTo(3, 12);
  });

  it('averages with weights that fall by the share', () => {
    expect(smooth([1, 0], 0.5)[1]).toBeCloseTo(0.25 / 0.75, 12);
  });
});

describe('renderCurves', () => {
  it('draws each curve and rasterises', async () => {
    const svg = renderCurves('street', runOfEntries(600, 50));
    for (const text of ['street', 'loss of a step', 'smoothed', 'mean IoU', 'pixel accuracy', 'learning rate', '600'])
      expect(svg).toContain(text);
    const { width, height } = await sharp(Buffer.from(svg)).metadata();
    expect({ width, height }).toEqual({ width: 860, height: 660 });
  });

  it('stays small however long the run is', () => {
    expect(renderCurves('long', runOfEntries(60_000, 5000)).length).toBeLessThan(100_000);
  });

  it('draws a run that has only begun', () => {
    expect(renderCurves('new', runOfEntries(600, 50).slice(0, 1))).toContain('</svg>');
  });
});

describe('renderPage', () => {
  const entries = runOfEntries(100, 50);
  const page = (all: typeof entries): string => renderPage({ title: 'a < b', config: { seed: 7 }, entries: all });

  it('needs nothing but itself', () => {
    expect(page(entries)).not.toMatch(/<script|<link|\ssrc=|@import/);
  });

  it('escapes what people named', () => {
    expect(page(entries)).toContain('<h1>a &lt; b</h1>');
    expect(page(entries)).toContain('<td>sign &amp; &lt;post&gt;</td>');
  });

  it('shows the class scores of the best evaluation, absent classes without one', () => {
    const worse = { ...entries.at(-1), step: 101, meanIou: 0.01 } as (typeof entries)[number];
    expect(page([...entries, worse])).toContain('Step 100: mean IoU 41.7 %');
    expect(page(entries)).toMatch(/bicyclist<\/td><td class="number">-</);
  });

  it('loads itself again until the run ends', () => {
    expect(page(entries)).toContain('http-equiv="refresh"');
    expect(page(entries)).toContain('running, step 100 of 100');
    const done = page([...entries, { event: 'end', step: 100, reason: 'done' }]);
    expect(done).not.toContain('http-equiv="refresh"');
    expect(done).toContain('done at step 100 of 100');
  });
});

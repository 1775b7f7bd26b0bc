import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { renderChart } from '../src/bench/chart.ts';
import { packLabels, unpackLabels, type Measurement } from '../src/bench/measurement.ts';
import { describeMachine, formatReport, summarize, type BenchReport } from '../src/bench/report.ts';
import { agreement, median, percentile } from '../src/bench/statistics.ts';

const measurement = (backend: string, runsMs: readonly number[], labels: number[]): Measurement => ({
  backend,
  network: 'voc',
  detail: `${backend} detail`,
  compileMs: 120,
  firstMs: 80,
  runsMs,
  peakBytes: 300 * 2 ** 20,
  width: 2,
  height: 2,
  labels: packLabels(Uint8Array.from(labels)),
});

const report = (...measurements: Measurement[]): BenchReport => ({
  network: 'voc',
  image: { source: 'synthetic', width: 2, height: 2 },
  machine: describeMachine(),
  ...summarize(measurements),
  skipped: [{ backend: 'tensorflow', reason: 'not installed', failed: false }],
});

describe('bench statistics', () => {
  it('takes the middle and the nearest rank', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(percentile([1, 2, 3, 4], 0.5)).toBe(2);
    expect(
      percentile(
        Array.from({ length: 100 }, (_, i) => i + 1),
        0.95,
      ),
    ).toBe(95);
    expect(percentile([7], 0.95)).toBe(7);
  });

  it('counts equal labels, and none between maps of different size', () => {
    expect(agreement([1, 2, 3, 4], [1, 2, 3, 5])).toBe(0.75);
    expect(agreement([1], [1, 2])).toBe(0);
  });

  it('carries labels of one and two bytes through JSON', () => {
    for (const labels of [Uint8Array.of(0, 255, 3), Uint16Array.of(0, 65_535, 300)])
      expect(unpackLabels(JSON.parse(JSON.stringify(packLabels(labels))) as ReturnType<typeof packLabels>)).toEqual(
        labels,
      );
  });
});

describe('bench report', () => {
  it('compares with the reference where it ran, else with the first backend', () => {
    const wasm = measurement('wasm', [30, 10, 20], [0, 0, 0, 1]);
    const reference = measurement('reference', [900], [0, 0, 0, 0]);
    expect(report(wasm, reference)).toMatchObject({
      comparedWith: 'reference',
      backends: [
        { backend: 'wasm', medianMs: 20, p95Ms: 30, agreement: 0.75 },
        { backend: 'reference', agreement: 1 },
      ],
    });
    expect(report(wasm).comparedWith).toBe('wasm');
  });

  it('prints a table, and why a backend was skipped', () => {
    const text = formatReport(report(measurement('wasm', [12.34], [0, 0, 0, 1])));
    expect(text).toMatch(/^backend +compile ms/);
    expect(text).toContain('12.3');
    expect(text).toContain('100.00 %');
    expect(text).toContain('skipped tensorflow: not installed');
  });

  it('draws a chart that rasterises, with every backend and time in it', async () => {
    const svg = renderChart(report(measurement('wasm', [12, 13], [0]), measurement('cpu', [4321], [0])));
    for (const text of ['wasm', 'wasm detail', 'cpu', '12.5 ms', '4,321 ms', 'median']) expect(svg).toContain(text);
    const { width, height } = await sharp(Buffer.from(svg)).metadata();
    expect({ width, height }).toEqual({ width: 760, height: 270 });
  });
});

// @ts-check
import { describe, expect, it } from 'vitest';
import { toComparison } from '../report/comparison.js';
import { toPage } from '../report/page.js';
import { toTable } from '../report/table.js';
import { ratioOf, TARGETS, toTargets, verdictOf } from '../report/targets.js';
import { planOf } from '../plan.js';

/** @param {string} name @param {number} medianMs */
const result = (name, medianMs) => ({
  ...{ name, engine: name, threads: 1, loadMs: 1, firstMs: 2, agreement: 1 },
  ...{ ms: [medianMs], medianMs, leastMs: medianMs, mostMs: medianMs },
});

/** @param {string} commit @param {readonly (readonly [name: string, ms: number])[]} times @returns {import('../report/report.js').Report} */
const report = (commit, times) => ({
  ...{ commit, date: '2026-11-22', where: 'node', machine: { cpu: 'A machine', cores: 2 }, rounds: 3 },
  versions: { 'onnxruntime-web': '1.30.0' },
  problems: [
    {
      ...{ what: 'networks', name: 'v3plus-mobilenetv2', title: 'A <network>', size: 513, classes: 21 },
      results: times.map(([name, ms]) => result(name, ms)),
      missing: [{ name: 'Another', reason: 'it is not installed' }],
    },
  ],
});

const ours = /** @type {const} */ (['Atrous simd, 1 thread', 200]);
const theirs = /** @type {const} */ (['onnxruntime-web wasm, 1 thread', 1000]);
const target = /** @type {(typeof TARGETS)[number]} */ (TARGETS.find(({ id }) => id === 'ort-web-1'));

describe('targets', () => {
  it('are ratios of the best turns of the same run', () => {
    expect(ratioOf(target, [report('a', [ours, theirs])])).toBe(5);
    expect(ratioOf(target, [report('a', [ours])])).toBeUndefined();
    expect(ratioOf(target, [{ ...report('a', [ours, theirs]), where: 'browser' }])).toBeUndefined();
    expect(ratioOf(target, [{ ...report('a', [ours, theirs]), curve: 'side' }])).toBeUndefined();
  });

  it('of GPUs are not shown by one in software', () => {
    const gpu = /** @type {(typeof TARGETS)[number]} */ (TARGETS.find(({ onGpu }) => onGpu));
    const times = /** @type {const} */ ([
      [gpu.ours, 10],
      [gpu.theirs, 40],
    ]);
    const onGpu = (/** @type {boolean} */ isSoftwareGpu) => ({
      ...report('a', times),
      ...{ where: /** @type {const} */ ('browser'), machine: { cores: 2, gpu: 'A card', isSoftwareGpu } },
    });
    expect(ratioOf(gpu, [onGpu(false)])).toBe(4);
    expect(ratioOf(gpu, [onGpu(true)])).toBeUndefined();
  });

  it('are met with 15 % of slack', () => {
    expect([5, 4.5, 4.4, 3.83, 3.8, undefined].map((ratio) => verdictOf(ratio, target))).toEqual([
      ...['aim met', 'met', 'met within the slack', 'met within the slack', 'missed', 'not measured'],
    ]);
  });

  it('are listed with their reasons', () => {
    const rows = toTargets([report('a', [ours, theirs])], { 'ort-web-1': 'because' }).split('\n');
    const row = rows.find((line) => line.includes('| because |'));
    expect(row).toContain('| 5.00× | 4.5× | 5× | aim met | because |');
    expect(rows.filter((line) => line.includes('not measured'))).toHaveLength(TARGETS.length - 1);
  });

  it('are listed for a browser, too, where they were measured in one', () => {
    const browser = { ...report('a', [ours, theirs]), where: /** @type {const} */ ('browser') };
    const [, inBrowser = ''] = toTargets([browser], { 'ort-web-1-browser': 'because' }).split('## In a browser');
    expect(inBrowser.match(/^\| v3plus/gm)).toHaveLength(1);
    expect(inBrowser).toContain('| 5.00× | 4.5× | 5× | aim met | because |');
    expect(toTargets([report('a', [ours, theirs])], {})).not.toContain('In a browser');
  });

  it('name problems and contenders that there are', () => {
    for (const { problem, ours, theirs, where = 'node' } of TARGETS) {
      const plan = planOf({ threads: [1, 2] }, { where, hasGpu: true, cores: 2 });
      const names = plan.find(({ task }) => task.name === problem)?.contenders.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining([ours, theirs]));
    }
  });
});

describe('reports', () => {
  it('are tables of Markdown with what was left out', () => {
    const table = toTable(report('a', [ours, theirs]));
    expect(table).toContain('| onnxruntime-web wasm, 1 thread | 1000 | 1000 – 1000 | 5.00× |');
    expect(table).toContain('- left out: Another: it is not installed');
    expect(table).toContain('A machine; 2 cores; commit a, 2026-11-22');
  });

  it('are compared where they have something in common', () => {
    const comparison = toComparison(report('old', [ours]), report('new', [['Atrous simd, 1 thread', 100], theirs]));
    expect(comparison.split('\n')[0]).toContain('old, ms | new, ms');
    expect(comparison.split('\n').slice(2)).toEqual([
      '| v3plus-mobilenetv2 | 513 | Atrous simd, 1 thread | 200 | 100 | 0.50× |',
    ]);
  });

  it('are pages with a chart of each problem, or of each curve, and nothing of others in them', () => {
    const page = toPage(report('a', [ours, theirs]));
    expect(page.match(/<svg/g)).toHaveLength(1);
    expect(page).toContain('1000 ms, 5.00×');
    expect(page).not.toContain('<network>');
    const [first] = report('a', [ours]).problems;
    const problems = [129, 257].map((size) => ({ .../** @type {NonNullable<typeof first>} */ (first), size }));
    expect(toPage({ ...report('a', []), problems, curve: 'side' }).match(/<svg/g)).toHaveLength(1);
  });
});

// @ts-check
// What was measured, as text.
import { placeOf, time, titleOf } from './report.js';

/** @typedef {import('./report.js').Report} Report */

const HEAD = [
  '',
  'median, ms',
  'least – most',
  'to the first',
  'to load, ms',
  'first run, ms',
  'MB',
  'same as the first',
];

/** @param {Report['problems'][number]} problem */
function sectionOf(problem) {
  const { results, missing } = problem;
  const first = results[0]?.medianMs ?? NaN;
  const rows = results.map(({ name, medianMs, leastMs, mostMs, loadMs, firstMs, bytes, agreement }) => [
    ...[name, time(medianMs), `${time(leastMs)} – ${time(mostMs)}`, `${(medianMs / first).toFixed(2)}×`],
    ...[time(loadMs), time(firstMs), bytes === undefined ? '-' : (bytes / 2 ** 20).toFixed(0)],
    agreement === undefined ? '-' : `${(agreement * 100).toFixed(3)} %`,
  ]);
  const lines = [HEAD, HEAD.map((_, i) => (i === 0 ? '---' : '---:')), ...rows].map((row) => `| ${row.join(' | ')} |`);
  const reasons = [...new Set(missing.map(({ reason }) => reason))];
  const absent = reasons.map((reason) => {
    const names = missing.filter((one) => one.reason === reason).map(({ name }) => name);
    return `- left out: ${names.join('; ')}: ${reason.split('\n')[0]}`;
  });
  return `## ${titleOf(problem)}\n\n${[...lines, ...(absent.length > 0 ? ['', ...absent] : [])].join('\n')}\n`;
}

/** @param {Report} report */
export function toTable(report) {
  const versions = Object.entries(report.versions).map(([name, version]) => `${name} ${version}`);
  return `# Atrous beside others

Medians of up to ${report.rounds} turns, each contender in a ${report.where === 'node' ? 'process' : 'worker'} of its own with the same seeded numbers. MB is the most that a process had.

${placeOf(report)}

${versions.join(', ')}

${report.problems.map(sectionOf).join('\n')}`;
}

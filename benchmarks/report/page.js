// @ts-check
// What was measured, as a page with charts that needs nothing else.
import { barsOf, curvesOf, isOurs } from './charts.js';
import { placeOf, titleOf } from './report.js';
import { toTable } from './table.js';

/** @typedef {import('./report.js').Report} Report */

/** @param {string} text */
const escape = (text) => text.replace(/[&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** @param {readonly (readonly string[])[]} rows of text */
const toRows = (rows) =>
  `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`).join('')}</table>`;

/** Paragraphs, headings, lists and tables of Markdown. @param {string} markdown */
const toHtml = (markdown) =>
  markdown
    .split(/\n\n+/)
    .map((block) => {
      if (block.startsWith('# ')) return '';
      if (block.startsWith('## ')) return `<h2>${escape(block.slice(3))}</h2>`;
      if (block.startsWith('- '))
        return `<ul>${block.replace(/^- (.*)$/gm, (_, item) => `<li>${escape(item)}</li>`)}</ul>`;
      if (!block.startsWith('|')) return `<p>${escape(block)}</p>`;
      const rows = block.split('\n').filter((line) => !line.startsWith('| ---'));
      return toRows(
        rows.map((row) =>
          row
            .split('|')
            .slice(1, -1)
            .map((cell) => cell.trim()),
        ),
      );
    })
    .join('\n');

/** How many times longer others take than our first contender with as many threads, problem by problem. @param {Report} report */
function overviewOf({ problems }) {
  const names = [...new Set(problems.flatMap(({ results }) => results.map(({ name }) => name)))];
  const others = names.filter((name) => !isOurs(name));
  const rows = problems.map((problem) => [
    titleOf(problem),
    ...others.map((name) => {
      const other = problem.results.find((result) => result.name === name);
      const own = problem.results.find((result) => isOurs(result.name) && result.threads === other?.threads);
      return own && other ? `${(other.medianMs / own.medianMs).toFixed(2)}×` : '-';
    }),
  ]);
  return others.length === 0 ? '' : toRows([['times that of Atrous simd', ...others], ...rows]);
}

/** @param {Report} report */
function chartsOf({ problems, curve }) {
  if (curve === undefined) return problems.map(barsOf);
  const titles = [...new Set(problems.map(({ title }) => (curve === 'labels' ? '' : title)))];
  return titles.map((title) => curvesOf(title ? problems.filter((one) => one.title === title) : problems, curve));
}

const BARS =
  'Blue bars are runtimes of Atrous; a figure with × is how many times the milliseconds of the first of them with as many threads.';
const LINES = 'Runtimes of Atrous have whole lines, others broken ones.';

/** Charts and tables, as HTML. @param {Report} report */
export const toReportHtml = (report) => `
<p>${escape(placeOf(report))}</p>
<p>Medians of turns, each contender in a ${report.where === 'node' ? 'process' : 'worker'} of its own. ${report.curve ? LINES : BARS}</p>
${overviewOf(report)}
${chartsOf(report).join('\n')}
<h1>Tables</h1>
${toHtml(toTable(report))}`;

/** @param {Report} report */
export const toPage = (report) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Atrous beside others</title>
<style>
  body { font: 15px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
  table { border-collapse: collapse; margin: 1rem 0; font-size: 13px; }
  td { padding: 0.25rem 0.6rem; border-bottom: 1px solid #ddd; text-align: right; vertical-align: bottom; }
  td:first-child { text-align: left; } tr:first-child { font-weight: 600; }
  svg { display: block; margin: 1.5rem 0; } li { color: #555; font-size: 13px; }
</style>
<h1>Atrous beside others</h1>
${toReportHtml(report)}
</html>
`;

// @ts-check
// What was measured, as a page with charts that needs nothing else.
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { toTable } from './table.js';

/** @typedef {import('./run.js').Report} Report */
/** @typedef {Report['networks'][number]} Measured */

const WIDTH = 820;

/** @param {string} text */
const escape = (text) => text.replace(/[&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** @param {import('echarts/core').EChartsCoreOption} option @param {number} height */
function toSvg(option, height) {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  chart.setOption({ animation: false, textStyle: { fontFamily: 'system-ui, sans-serif' }, ...option });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** @param {Measured} network */
function barsOf({ title, size, results }) {
  const data = results.map(({ medianMs }) => Number(medianMs.toPrecision(3)));
  return toSvg(
    {
      title: { top: 0, text: `${title}, ${size}×${size}: milliseconds` },
      grid: { left: 230, right: 70, top: 40, bottom: 30 },
      xAxis: { type: 'value' },
      yAxis: { type: 'category', inverse: true, data: results.map(({ name }) => name) },
      series: [{ type: 'bar', data, label: { show: true, position: 'right' } }],
    },
    90 + 32 * results.length,
  );
}

/** Milliseconds over the image's side, of one network at several sizes. @param {readonly Measured[]} measured */
function curvesOf(measured) {
  const names = measured[0]?.results.map(({ name }) => name) ?? [];
  const series = names.map((name) => ({
    ...{ name, type: 'line' },
    data: measured.map(({ size, results }) => [size, results.find((one) => one.name === name)?.medianMs ?? null]),
  }));
  return toSvg(
    {
      title: { top: 0, text: `${measured[0]?.title ?? ''}: milliseconds by the image’s side` },
      legend: { top: 36 },
      grid: { left: 70, right: 30, top: 90, bottom: 40 },
      xAxis: { type: 'value', min: 'dataMin' },
      yAxis: { type: 'log' },
      series,
    },
    420,
  );
}

/** A table of Markdown. @param {string} markdown */
function toHtml(markdown) {
  return markdown
    .split(/\n\n+/)
    .map((block) => {
      if (block.startsWith('# ')) return `<h1>${escape(block.slice(2))}</h1>`;
      if (block.startsWith('## ')) return `<h2>${escape(block.slice(3))}</h2>`;
      if (!block.startsWith('|')) return `<p>${escape(block)}</p>`;
      const rows = block.split('\n').filter((line) => !line.startsWith('| ---'));
      const cells = rows.map((row) => row.split('|').slice(1, -1));
      return `<table>${cells.map((row) => `<tr>${row.map((cell) => `<td>${escape(cell.trim())}</td>`).join('')}</tr>`).join('')}</table>`;
    })
    .join('\n');
}

/** @param {Report} report */
export function toPage(report) {
  use([BarChart, LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);
  const names = [...new Set(report.networks.map(({ network }) => network))];
  const byNetwork = names.map((name) => report.networks.filter(({ network }) => network === name));
  const charts = byNetwork.map((measured) =>
    measured.length > 1 ? curvesOf(measured) : measured.map(barsOf).join(''),
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Atrous: networks, from an image to labels</title>
<style>
  body { font-family: system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  table { border-collapse: collapse; } td { padding: 0.2rem 0.6rem; border-bottom: 1px solid #ddd; text-align: right; }
  td:first-child { text-align: left; } tr:first-child { font-weight: 600; }
</style>
${charts.join('\n')}
${toHtml(toTable(report))}
</html>
`;
}

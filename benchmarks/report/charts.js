// @ts-check
// Charts as SVG that stand for themselves.
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { time, titleOf } from './report.js';

/** @typedef {import('./report.js').Report} Report */
/** @typedef {Report['problems'][number]} Measured */

const WIDTH = 860;
const [OURS, THEIRS] = ['#1f77b4', '#b9bec6'];

/** Lines of an engine have one colour, with however many threads. */
const COLOURS = [
  '#1f77b4',
  '#2ca02c',
  '#d62728',
  '#ff7f0e',
  '#17becf',
  '#9467bd',
  '#8c564b',
  '#e377c2',
  '#bcbd22',
  '#7f7f7f',
];

/** @param {string} name */
export const isOurs = (name) => name.startsWith('Atrous');

/** @param {import('echarts/core').EChartsCoreOption} option @param {number} height */
function toSvg(option, height) {
  use([BarChart, LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  chart.setOption({ animation: false, textStyle: { fontFamily: 'system-ui, sans-serif' }, ...option });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** Milliseconds of each contender, and how many times those of our own engine with as many threads. @param {Measured} measured */
export function barsOf(measured) {
  const { results } = measured;
  const data = results.map(({ name, threads, medianMs }) => {
    const own = results.find((one) => isOurs(one.name) && one.threads === threads);
    const ratio = own === undefined || own.name === name ? '' : `, ${(medianMs / own.medianMs).toFixed(2)}×`;
    return {
      value: medianMs,
      itemStyle: { color: isOurs(name) ? OURS : THEIRS },
      label: { formatter: `${time(medianMs)} ms${ratio}` },
    };
  });
  return toSvg(
    {
      title: { top: 0, text: titleOf(measured), textStyle: { fontSize: 15 } },
      grid: { left: 225, right: 110, top: 34, bottom: 8 },
      xAxis: { type: 'value', axisLabel: { show: false }, splitLine: { show: false } },
      yAxis: {
        ...{ type: 'category', inverse: true, data: results.map(({ name }) => name) },
        ...{ axisLine: { show: false }, axisTick: { show: false } },
      },
      series: [{ type: 'bar', data, barWidth: 14, label: { show: true, position: 'right' } }],
    },
    44 + 24 * results.length,
  );
}

/** @param {string} name of a contender */
const withoutThreads = (name) => name.replace(/, \d+ threads?$/, '');

/** @typedef {{ readonly label: string, readonly of: (measured: Measured, result: Measured['results'][number]) => number, readonly series: (name: string) => string }} Axis */
/** @type {Readonly<Record<import('../plan.js').Curve, Axis>>} */
const AXES = {
  side: { label: 'side of the image, pixels', of: ({ size }) => size, series: (name) => name },
  classes: { label: 'classes', of: ({ classes = NaN }) => classes, series: (name) => name },
  labels: { label: 'labels', of: ({ labels = NaN }) => labels, series: (name) => name },
  threads: { label: 'threads', of: (_, { threads }) => threads, series: withoutThreads },
};

/** Milliseconds over what changed, of one network. @param {readonly Measured[]} measured @param {import('../plan.js').Curve} curve */
export function curvesOf(measured, curve) {
  const { label, of, series: seriesOf } = AXES[curve];
  const points = measured.flatMap((one) =>
    one.results.map((result) => ({ name: seriesOf(result.name), point: [of(one, result), result.medianMs] })),
  );
  const names = [...new Set(points.map(({ name }) => name))];
  const engines = [...new Set(names.map(withoutThreads))];
  return toSvg(
    {
      title: { top: 0, text: measured[0]?.title.replace(/, \d+ labels$/, '') ?? '', textStyle: { fontSize: 15 } },
      legend: { orient: 'vertical', top: 44, left: WIDTH - 268, itemWidth: 34 },
      grid: { left: 60, right: 300, top: 54, bottom: 50 },
      xAxis: {
        ...{ type: 'value', name: label, nameLocation: 'middle', nameGap: 28 },
        ...{ min: 'dataMin', max: 'dataMax', minInterval: 1 },
      },
      yAxis: { type: 'log', name: 'ms' },
      series: names.map((name) => ({
        ...{
          name,
          type: 'line',
          symbolSize: 7,
          color: COLOURS[engines.indexOf(withoutThreads(name)) % COLOURS.length],
        },
        symbol: /, 1 thread$/.test(name) ? 'emptyCircle' : 'circle',
        lineStyle: { type: isOurs(name) ? 'solid' : 'dashed' },
        data: points.filter((one) => one.name === name).map(({ point }) => point),
      })),
    },
    420,
  );
}

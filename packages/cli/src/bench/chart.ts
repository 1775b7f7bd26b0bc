import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { formatMs } from '../format.ts';
import type { BackendSummary, BenchReport } from './report.ts';

const WIDTH = 760;
const FONT = 'system-ui, sans-serif';

/** Bars need a positive start on a logarithmic axis: the power of ten below the smallest value. */
const axisStart = (values: readonly number[]): number => 10 ** Math.floor(Math.log10(Math.min(...values)));

/** What a backend ran on, short enough for the margin: software posing as a GPU should not be taken for one. */
function deviceOf({ detail }: BackendSummary): string {
  const [first = ''] = detail.split(',');
  return first.length > 28 ? `${first.slice(0, 27)}…` : first;
}

/** Pixels that the longest label takes. */
const labelRoom = (lines: readonly BackendSummary[]): number =>
  24 + Math.max(...lines.map((line) => Math.max(7 * line.backend.length, 5.5 * deviceOf(line).length)));

function series(name: string, color: string, lines: readonly BackendSummary[], read: (line: BackendSummary) => number) {
  return {
    name,
    type: 'bar' as const,
    itemStyle: { color },
    label: {
      show: true,
      position: 'right' as const,
      fontFamily: FONT,
      formatter: ({ value }: { value: unknown }) => `${formatMs(Number(value))} ms`,
    },
    data: lines.map(read),
  };
}

/** A bar chart of median and p95 by backend, fastest on top, as SVG text. The time axis is logarithmic: backends differ by powers of ten. */
export function renderChart(report: BenchReport): string {
  use([BarChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);
  const lines = [...report.backends].sort((a, b) => b.medianMs - a.medianMs);
  const { width, height } = report.image;
  const chart = init(null, null, {
    renderer: 'svg',
    ssr: true,
    width: WIDTH,
    height: 150 + 60 * lines.length,
  });
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: FONT },
    title: {
      text: `Time per image, ${report.network}`,
      subtext: `${width} × ${height} pixels, decoded image in, label map out. ${report.machine.cpu}, ${report.machine.threads} threads`,
      left: 16,
      top: 12,
      textStyle: { fontFamily: FONT, fontSize: 16 },
      subtextStyle: { fontFamily: FONT },
    },
    legend: { right: 16, top: 12, itemGap: 18, data: ['median', 'p95'] },
    grid: { left: labelRoom(lines), right: 96, top: 76, bottom: 40 },
    xAxis: {
      type: 'log',
      min: axisStart(lines.map(({ medianMs }) => medianMs)),
      name: 'ms (logarithmic)',
      nameLocation: 'middle',
      nameGap: 26,
    },
    yAxis: {
      type: 'category',
      data: lines.map((line) => `${line.backend}\n{device|${deviceOf(line)}}`),
      axisTick: { show: false },
      axisLabel: {
        lineHeight: 16,
        rich: { device: { fontFamily: FONT, fontSize: 10, lineHeight: 16, color: '#666666' } },
      },
    },
    series: [
      series('median', '#2b6cb0', lines, ({ medianMs }) => medianMs),
      series('p95', '#b7c9e2', lines, ({ p95Ms }) => p95Ms),
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

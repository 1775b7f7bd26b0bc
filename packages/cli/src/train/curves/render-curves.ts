import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { entriesOf, type LogEntry } from '../log/log-entry.ts';
import { smooth } from './smooth.ts';

const WIDTH = 860;
const HEIGHT = 660;
const FONT = 'system-ui, sans-serif';

/** Panels from top to bottom: what they show and where, in pixels. */
const PANELS = [
  { name: 'loss', top: 96, height: 210 },
  { name: 'score', top: 352, height: 150 },
  { name: 'rate', top: 548, height: 60 },
] as const;

type Point = readonly [step: number, value: number | null];

/** More points than pixels only make the file larger; the smoothed curve keeps what they say. */
function thin(points: readonly Point[]): readonly Point[] {
  const every = Math.ceil(points.length / WIDTH);
  return points.filter((_, index) => index % every === 0 || index === points.length - 1);
}

function line(panel: number, name: string, color: string, points: readonly Point[]) {
  return {
    name,
    type: 'line' as const,
    xAxisIndex: panel,
    yAxisIndex: panel,
    data: thin(points).map((point) => [...point]),
    showSymbol: panel === 1,
    symbolSize: 5,
    itemStyle: { color },
    lineStyle: { color, width: 2 },
  };
}

function seriesOf(entries: readonly LogEntry[]) {
  const steps = entriesOf(entries, 'step');
  const scores = entriesOf(entries, 'evaluation');
  const losses = steps.map(({ loss }) => loss);
  const trend = smooth(losses, 0.95);
  const each = line(
    0,
    'loss of a step',
    '#c9d6e8',
    steps.map(({ step, loss }) => [step, loss]),
  );
  return [
    { ...each, lineStyle: { color: '#c9d6e8', width: 1 } },
    line(
      0,
      'smoothed',
      '#2b6cb0',
      steps.map(({ step }, index) => [step, trend[index] ?? null]),
    ),
    line(
      1,
      'mean IoU',
      '#1b7f4d',
      scores.map(({ step, meanIou }) => [step, meanIou]),
    ),
    line(
      1,
      'pixel accuracy',
      '#b7791f',
      scores.map(({ step, pixelAccuracy }) => [step, pixelAccuracy]),
    ),
    line(
      2,
      'learning rate',
      '#805ad5',
      steps.map(({ step, learningRate }) => [step, learningRate]),
    ),
  ];
}

const axes = (last: number) => ({
  xAxis: PANELS.map((_, gridIndex) => ({
    gridIndex,
    type: 'value' as const,
    min: 0,
    max: last,
    axisLabel: { show: gridIndex === PANELS.length - 1 },
    splitLine: { show: false },
    ...(gridIndex === PANELS.length - 1 && { name: 'step', nameLocation: 'middle' as const, nameGap: 26 }),
  })),
  yAxis: PANELS.map(({ name }, gridIndex) => ({
    gridIndex,
    type: 'value' as const,
    name,
    nameTextStyle: { fontFamily: FONT, align: 'right' as const },
    ...(name === 'score' && { min: 0, max: 1, interval: 0.25 }),
    ...(name === 'rate' && { splitNumber: 2 }),
    axisLabel: name === 'score' ? { formatter: (share: number) => `${Math.round(100 * share)} %` } : {},
  })),
});

/** Loss, scores and learning rate of a run by step, as SVG text. */
export function renderCurves(title: string, entries: readonly LogEntry[]): string {
  use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);
  const last = entries.reduce((most, entry) => Math.max(most, entry.step, 'steps' in entry ? entry.steps : 0), 1);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  const series = seriesOf(entries);
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: FONT },
    title: { text: title, left: 16, top: 12, textStyle: { fontFamily: FONT, fontSize: 16 } },
    legend: { left: 16, top: 42, itemGap: 20, icon: 'roundRect', itemHeight: 4, data: series.map(({ name }) => name) },
    grid: PANELS.map(({ top, height }) => ({ left: 72, right: 32, top, height })),
    ...axes(last),
    series,
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

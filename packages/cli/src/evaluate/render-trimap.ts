import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { BandScores } from './boundary-scores.ts';

const WIDTH = 760;
const HEIGHT = 460;
const SUBTITLE = 18;
const FONT = 'system-ui, sans-serif';

/** Bands of labels and, where they went through a CRF, of those without it. */
export interface TrimapPlot {
  readonly title: string;
  readonly subtitle?: string | undefined;
  readonly bands: readonly BandScores[];
  readonly withoutCrf?: readonly BandScores[] | undefined;
}

/** A score of a band. */
interface Score {
  readonly name: string;
  readonly color: string;
  readonly read: (band: BandScores) => number | null;
}

const SCORES: readonly Score[] = [
  { name: 'mean IoU', color: '#1b7f4d', read: ({ meanIou }) => meanIou['exclude-both'] },
  { name: 'pixel accuracy', color: '#b7791f', read: ({ pixelAccuracy }) => pixelAccuracy },
];

const line = ({ name, color, read }: Score, bands: readonly BandScores[], isBefore: boolean) => ({
  name: isBefore ? `${name} without the CRF` : name,
  type: 'line' as const,
  data: bands.map((band) => [band.width, read(band)]),
  symbol: isBefore ? ('emptyCircle' as const) : ('circle' as const),
  symbolSize: 5,
  itemStyle: { color },
  lineStyle: { color, width: 2, type: isBefore ? ('dashed' as const) : ('solid' as const) },
});

const linesOf = ({ bands, withoutCrf }: TrimapPlot) =>
  SCORES.flatMap((score) => [line(score, bands, false), ...(withoutCrf ? [line(score, withoutCrf, true)] : [])]);

/** The plot of the DeepLab papers: scores near the truth's borders by the width of the band, as SVG text. */
export function renderTrimap(plot: TrimapPlot): string {
  const { title, subtitle, bands } = plot;
  const below = subtitle === undefined ? 0 : SUBTITLE;
  use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: FONT },
    title: {
      text: title,
      subtext: subtitle,
      left: 16,
      top: 12,
      itemGap: 4,
      textStyle: { fontFamily: FONT, fontSize: 16 },
      subtextStyle: { fontFamily: FONT, fontSize: 12, color: '#555555' },
    },
    legend: { left: 16, top: 42 + below, itemGap: 20, itemWidth: 34, itemHeight: 6 },
    grid: { left: 72, right: 32, top: 84 + below, bottom: 56 },
    xAxis: {
      type: 'value',
      min: 0,
      max: Math.max(...bands.map(({ width }) => width)),
      name: 'width of the band, pixels',
      nameLocation: 'middle',
      nameGap: 30,
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      scale: true,
      axisLabel: { formatter: (share: number) => `${Math.round(100 * share)} %` },
      minInterval: 0.01,
    },
    series: linesOf(plot),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

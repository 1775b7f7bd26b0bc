import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { BandScores } from './boundary-scores.ts';

const WIDTH = 760;
const HEIGHT = 460;
const FONT = 'system-ui, sans-serif';

/** Bands of the labels that were asked for and, where a CRF was, of those without it. */
export interface TrimapCurves {
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

const linesOf = ({ bands, withoutCrf }: TrimapCurves) =>
  SCORES.flatMap((score) => [line(score, bands, false), ...(withoutCrf ? [line(score, withoutCrf, true)] : [])]);

/** The plot of the DeepLab papers: scores near the truth's borders by the width of the band, as SVG text. */
export function renderTrimap(title: string, curves: TrimapCurves): string {
  use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: FONT },
    title: { text: title, left: 16, top: 12, textStyle: { fontFamily: FONT, fontSize: 16 } },
    legend: { left: 16, top: 42, itemGap: 20, icon: 'roundRect', itemHeight: 4 },
    grid: { left: 72, right: 32, top: 84, bottom: 56 },
    xAxis: {
      type: 'value',
      min: 0,
      max: Math.max(...curves.bands.map(({ width }) => width)),
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
    series: linesOf(curves),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

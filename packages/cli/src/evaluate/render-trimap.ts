import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { BandScores } from './boundary-scores.ts';

const WIDTH = 760;
const HEIGHT = 460;
const FONT = 'system-ui, sans-serif';

const line = (
  name: string,
  color: string,
  bands: readonly BandScores[],
  read: (band: BandScores) => number | null,
) => ({
  name,
  type: 'line' as const,
  data: bands.map((band) => [band.width, read(band)]),
  symbolSize: 5,
  itemStyle: { color },
  lineStyle: { color, width: 2 },
});

/** The plot of the DeepLab papers: scores near the truth's borders by the width of the band, as SVG text. */
export function renderTrimap(title: string, bands: readonly BandScores[]): string {
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
    series: [
      line('mean IoU', '#1b7f4d', bands, ({ meanIou }) => meanIou['exclude-both']),
      line('pixel accuracy', '#b7791f', bands, (band) => band.pixelAccuracy),
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

import type { FieldOfUnit } from '@atrous/atrous-ops';
import { heatMap } from '../../segment/heat-map.ts';
import { formatPercent } from '../../format.ts';
import { drawField, UNSEEN } from './draw-field.ts';

/** One map and what the unit sees of it. */
export interface GriddingPanel {
  readonly title: string;
  readonly field: FieldOfUnit;
  /** What the positions of the map are. */
  readonly positions: 'pixels' | 'units';
}

/** What {@link renderGridding} draws. */
export interface GriddingPicture {
  readonly title: string;
  readonly subtitle: string;
  readonly panels: readonly GriddingPanel[];
  /** Lines under the legend. */
  readonly notes: readonly string[];
}

const SIDE = 440;
const GAP = 56;
const MARGIN = 40;
const TOP = 118;
const NOTE_LETTERS = 140;

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const rgb = (color: ArrayLike<number>): string => `rgb(${color[0]},${color[1]},${color[2]})`;

interface TextStyle {
  readonly size?: number;
  readonly weight?: number;
  readonly color?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

const text = (x: number, y: number, content: string, style: TextStyle = {}): string => {
  const { size = 13, weight = 400, color = '#444444', anchor = 'start' } = style;
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${color}" text-anchor="${anchor}">${escape(content)}</text>`;
};

/** Keeps the end of a long layer name, which says more than its start. */
const shorten = (line: string, letters: number): string =>
  line.length > letters ? `…${line.slice(1 - letters)}` : line;

function renderPanel({ title, field, positions }: GriddingPanel, left: number): string {
  const { href, window } = drawField(field);
  const scale = SIDE / Math.max(window.height, window.width);
  const [width, height] = [window.width * scale, window.height * scale];
  const bottom = TOP + height;
  const { box, coverage, effectiveShare, size } = field;
  const holes = 1 - coverage;
  return [
    text(left, TOP - 30, shorten(title, 56), { size: 14, weight: 600, color: '#111111' }),
    text(
      left,
      TOP - 12,
      `${size[0]} × ${size[1]} ${positions}, rows ${window.top}–${window.top + window.height - 1}, columns ${window.left}–${window.left + window.width - 1} shown`,
    ),
    `<image x="${left}" y="${TOP}" width="${width}" height="${height}" preserveAspectRatio="none" image-rendering="pixelated" href="${href}"/>`,
    `<rect x="${left}" y="${TOP}" width="${width}" height="${height}" fill="none" stroke="#888888"/>`,
    text(
      left,
      bottom + 24,
      `sees ${formatPercent(coverage)} of ${box.height} × ${box.width} ${positions}${holes > 0 ? `, ${formatPercent(holes)} are holes` : ', no holes'}`,
      { size: 14, weight: 600, color: holes > 0 ? '#b00020' : '#1b5e20' },
    ),
    text(left, bottom + 44, `half of all paths start in ${formatPercent(effectiveShare)} of the field`),
  ].join('\n');
}

function renderLegend(top: number): string {
  const steps = 64;
  const colors = heatMap(Float32Array.from({ length: steps }, (_, i) => i / (steps - 1)));
  const bar = Array.from({ length: steps }, (_, i) => {
    const color = rgb(colors.subarray(i * 4, i * 4 + 3));
    return `<rect x="${MARGIN + 92 + i * 3}" y="${top}" width="3.5" height="14" fill="${color}"/>`;
  });
  const end = MARGIN + 92 + steps * 3;
  return [
    ...bar,
    text(MARGIN, top + 12, 'paths: fewest'),
    text(end + 8, top + 12, 'most (square root)'),
    `<rect x="${end + 150}" y="${top}" width="22" height="14" fill="${rgb(UNSEEN)}" stroke="#888888"/>`,
    text(end + 180, top + 12, 'not seen'),
  ].join('\n');
}

/** Breaks a note between words. */
function wrap(note: string): readonly string[] {
  const lines = [''];
  for (const word of note.split(' ')) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length > NOTE_LETTERS && lines.at(-1) !== '') lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines;
}

/** A heat map of what one unit sees, of the image and of the map before the rates, as SVG text. */
export function renderGridding({ title, subtitle, panels, notes }: GriddingPicture): string {
  const legendTop = TOP + SIDE + 68;
  const lines = notes.flatMap(wrap);
  const height = legendTop + 44 + lines.length * 19;
  const width = 2 * MARGIN + 2 * SIDE + GAP;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, Helvetica, Arial, sans-serif" role="img">`,
    `<title>${escape(title)}</title>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    text(MARGIN, 36, shorten(title, 100), { size: 19, weight: 600, color: '#111111' }),
    text(MARGIN, 60, subtitle),
    ...panels.map((panel, i) => renderPanel(panel, MARGIN + i * (SIDE + GAP))),
    renderLegend(legendTop),
    ...lines.map((line, i) => text(MARGIN, legendTop + 42 + i * 19, line, { color: '#b00020' })),
    '</svg>',
    '',
  ].join('\n');
}

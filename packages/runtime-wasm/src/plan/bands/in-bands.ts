import type { FieldValue, KernelStep, ListStep, Step } from '../plan-builder.ts';
import { pitchOf, rowBytesOf, type Buffer, type Value } from '../value.ts';
import { bandHeight, bandRows, reachesOf, type BandOptions, type Chain, type RowStep } from './chain.ts';
import { findChains } from './find-chains.ts';
import { rowsReached, type Rows } from './reach.ts';

/** Room for a few rows of a map. */
interface Pane {
  readonly map: Value;
  readonly buffer: Buffer;
}

const paneOf = (map: Value, rows: number): Pane => ({ map, buffer: { bytes: rows * rowBytesOf(map) } });

/** Where a map would begin whose row `row`, counted through all images, is the first of a pane. */
const mapBehind = ({ map, buffer }: Pane, row: number): FieldValue => ({ buffer, offset: -row * rowBytesOf(map) });

/** Moves rows of a pane to its front, where they do not lie yet. */
function moveToFront({ map, buffer }: Pane, { from, to }: Rows): KernelStep {
  const pitch = pitchOf(map);
  const items = (to - from) * map.shape[2];
  return {
    ...{ kernel: 'copyChannels', items, unit: 1, work: pitch * items },
    fields: {
      ...{ x: { buffer, offset: from * rowBytesOf(map) }, y: buffer },
      ...{ pitch, outPitch: pitch, depth: pitch },
    },
  };
}

/** A step for some rows of one image. @param maps fields that say where maps begin. */
function someRows(step: RowStep, image: number, { from, to }: Rows, maps: Record<string, FieldValue>): KernelStep {
  const [images, height] = step.rows.y.shape;
  const all = images * height;
  const perRow = step.items / all; // whole: times 1 / 161 it would not be
  return {
    ...step,
    ...{ first: (image * height + from) * perRow, items: (to - from) * perRow, work: ((to - from) * step.work) / all },
    fields: { ...step.fields, ...maps },
  };
}

/** Computes some rows of one image's last map: band by band, each step the rows that the next one still lacks. */
function runStrip(chain: Chain, image: number, strip: Rows, height: number): KernelStep[] {
  const reaches = reachesOf(chain);
  const panes = bandRows(chain, height).map((rows, i) => paneOf(chain[i]!.rows.y, rows));
  const steps: KernelStep[] = [];
  let last: readonly Rows[] | undefined;
  for (let { from } = strip; from < strip.to; from += height) {
    const band = { from, to: Math.min(strip.to, from + height) };
    const needed = chain.map(({ rows }, i) => rowsReached(reaches[i]!, band, rows.y.shape[1]));
    const mapAt = (name: string, i: number): Record<string, FieldValue> => {
      const pane = panes[i];
      return pane ? { [name]: mapBehind(pane, image * pane.map.shape[1] + needed[i]!.from) } : {};
    };
    for (const [i, step] of chain.entries()) {
      const { from: first, to } = needed[i]!;
      const held = last?.[i] ?? { from: first, to: first };
      const next = Math.max(first, held.to);
      const pane = panes[i];
      if (pane && next > first) steps.push(moveToFront(pane, { from: first - held.from, to: next - held.from }));
      if (to > next) steps.push(someRows(step, image, { from: next, to }, { ...mapAt('x', i - 1), ...mapAt('y', i) }));
    }
    last = needed;
  }
  return steps;
}

function runChain(chain: Chain, { strips: count, bytes }: BandOptions): ListStep {
  const [images, height] = chain.at(-1)!.rows.y.shape;
  const begin = (strip: number): number => Math.round((strip * height) / count);
  const strips = Array.from({ length: count }, (_, i) => ({ from: begin(i), to: begin(i + 1) }));
  const rows = bandHeight(chain, bytes);
  const lists = Array.from({ length: images }, (_, image) =>
    strips.map((strip) => runStrip(chain, image, strip, rows)),
  );
  return { lists: lists.flat(), work: chain.reduce((sum, { work }) => sum + work, 0), chain };
}

/**
 * Runs chains of steps by bands of a few rows, so that large maps between them are never in memory as a whole. What comes out is the same.
 *
 * @param kept buffers that are read when all steps have run.
 */
export const inBands = (steps: readonly Step[], kept: ReadonlySet<Buffer>, options: BandOptions): readonly Step[] =>
  findChains(steps, kept, options).map((step) => ('length' in step ? runChain(step, options) : step));

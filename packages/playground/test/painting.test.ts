import { describe, expect, it } from 'vitest';
import { floodFill } from '../src/paint/flood-fill.ts';
import { createHistory } from '../src/paint/history.ts';
import { colorOf, colorOfHex, freeKey, hexOf, toClassIds } from '../src/paint/paint-class.ts';
import { createPainting, replaceValue, UNPAINTED, type Painting } from '../src/paint/painting.ts';
import { drawStroke } from '../src/paint/stroke.ts';

/** Rows of digits, dots where nothing is painted. */
const rowsOf = ({ width, height, pixels }: Painting): readonly string[] =>
  Array.from({ length: height }, (_, y) =>
    [...pixels.subarray(y * width, (y + 1) * width)].map((key) => (key === UNPAINTED ? '.' : key)).join(''),
  );

function painting(rows: readonly string[]): Painting {
  const made = createPainting(rows[0]?.length ?? 0, rows.length);
  made.pixels.set([...rows.join('')].map((key) => (key === '.' ? UNPAINTED : Number(key))));
  return made;
}

describe('drawStroke', () => {
  it('paints a round dot where the brush only touches', () => {
    const dot = createPainting(7, 7);
    const at = { x: 3.5, y: 3.5 };
    const box = drawStroke(dot, { from: at, to: at, radius: 2.3, value: 1 });
    expect(rowsOf(dot)).toEqual(['.......', '..111..', '.11111.', '.11111.', '.11111.', '..111..', '.......']);
    expect(box).toEqual({ left: 1, top: 1, right: 6, bottom: 6 });
  });

  it('leaves no gap between two places, and paints at least the pixels on the way', () => {
    const line = createPainting(6, 3);
    drawStroke(line, { from: { x: 0.5, y: 1.5 }, to: { x: 5.5, y: 1.5 }, radius: 0, value: 2 });
    expect(rowsOf(line)).toEqual(['......', '222222', '......']);
  });

  it('stays within the picture', () => {
    const corner = createPainting(3, 3);
    const box = drawStroke(corner, { from: { x: -9, y: -9 }, to: { x: 0, y: 0 }, radius: 1.6, value: 0 });
    expect(rowsOf(corner)).toEqual(['00.', '0..', '...']);
    expect(box).toEqual({ left: 0, top: 0, right: 2, bottom: 2 });
  });
});

describe('floodFill', () => {
  it('fills an outline and stops at it', () => {
    const outline = painting(['.......', '.11111.', '.1...1.', '.1.1.1.', '.11111.']);
    floodFill(outline, { x: 2.2, y: 2.9 }, 3);
    expect(rowsOf(outline)).toEqual(['.......', '.11111.', '.13331.', '.13131.', '.11111.']);
  });

  it('finds its way around corners, not across them', () => {
    const maze = painting(['..1..', '.1.1.', '.1.1.', '.1...', '.1111']);
    floodFill(maze, { x: 2, y: 1 }, 7);
    expect(rowsOf(maze)).toEqual(['..177', '.1717', '.1717', '.1777', '.1111']);
  });

  it('does nothing outside, or where the value is there already', () => {
    const one = painting(['1.']);
    floodFill(one, { x: 2, y: 0 }, 5);
    floodFill(one, { x: 0, y: 0 }, 1);
    expect(rowsOf(one)).toEqual(['1.']);
  });
});

describe('createHistory', () => {
  it('goes back stroke by stroke, and no further than what it kept', () => {
    const shown = painting(['..']);
    const history = createHistory(shown);
    for (const value of [1, 2]) {
      history.remember();
      shown.pixels.fill(value);
    }
    history.undo();
    expect(rowsOf(shown)).toEqual(['11']);
    history.undo();
    history.undo();
    expect(rowsOf(shown)).toEqual(['..']);
  });

  it('brings nothing back after it forgot', () => {
    const shown = painting(['4.']);
    const history = createHistory(shown);
    history.remember();
    replaceValue(shown, 4, UNPAINTED);
    history.forget();
    history.undo();
    expect(rowsOf(shown)).toEqual(['..']);
  });
});

describe('classes to paint with', () => {
  const classes = [7, 0, 254].map((key) => ({ key, name: `class ${key}`, color: colorOf(key) }));

  it('gives ids by place in the list, and nothing to paint of classes that are gone', () => {
    const keys = Uint8Array.of(0, 7, 254, 1, UNPAINTED);
    expect([...toClassIds(keys, classes)]).toEqual([1, 0, 2, UNPAINTED, UNPAINTED]);
  });

  it('finds the lowest key that is free, while there is one', () => {
    expect(freeKey(classes)).toBe(1);
    const all = Array.from({ length: UNPAINTED }, (_, key) => ({ key, name: '', color: colorOf(key) }));
    expect(freeKey(all)).toBeUndefined();
  });

  it('gives neighbours colours that differ, and writes them as colour fields do', () => {
    const hexes = Array.from({ length: 40 }, (_, key) => hexOf(colorOf(key)));
    expect(new Set(hexes).size).toBe(40);
    expect(hexes.every((hex) => /^#[0-9a-f]{6}$/.test(hex))).toBe(true);
    expect(colorOfHex('#0a80ff')).toEqual([10, 128, 255]);
  });
});

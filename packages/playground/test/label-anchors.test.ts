import { expect, it } from 'vitest';
import { labelAnchors } from '../src/label-anchors.ts';
import type { LabelledPicture } from '../src/overlay.ts';

/** Rows of digits, one class id per pixel. */
function picture(rows: readonly string[], names: readonly string[]): LabelledPicture {
  const labels = Uint8Array.from(rows.join(''), Number);
  const legend = names.flatMap((name, id) => {
    const pixels = labels.filter((label) => label === id).length;
    return pixels > 0 ? [{ id, name, color: [0, 0, 0] as const, pixels, share: pixels / labels.length }] : [];
  });
  return { width: rows[0]?.length ?? 0, height: rows.length, labels, legend };
}

it('puts the name at the point of a class that is farthest from others', () => {
  const [cat] = labelAnchors(
    picture(['00000000', '01111100', '01111100', '01111100', '00000000'], ['background', 'cat']),
  );
  expect(cat).toMatchObject({ id: 1, name: 'cat', y: 2.5 / 5 });
  expect(cat?.x).toBeCloseTo(3.5 / 8);
});

it('names every class but the background', () => {
  const anchors = labelAnchors(picture(['0112', '0112', '0112'], ['background', 'cat', 'sofa']));
  expect(anchors.map(({ name }) => name).sort()).toEqual(['cat', 'sofa']);
});

it('names class 0 where it is not the background', () => {
  expect(labelAnchors(picture(['000', '000'], ['road']))).toMatchObject([{ id: 0, name: 'road' }]);
});

it('leaves out classes that are too small to be named', () => {
  const rows = Array.from({ length: 20 }, () => '0'.repeat(20));
  rows[3] = `1${'0'.repeat(19)}`;
  expect(labelAnchors(picture(rows, ['background', 'cat']))).toEqual([]);
});

it('stays inside its class when the picture is larger than the grid it works on', () => {
  const rows = Array.from({ length: 300 }, (_, y) =>
    y >= 200 && y < 240 ? '0'.repeat(100) + '1'.repeat(200) : '0'.repeat(300),
  );
  const large = picture(rows, ['background', 'cat']);
  const [cat] = labelAnchors(large);
  const at = Math.floor((cat?.y ?? 0) * 300) * 300 + Math.floor((cat?.x ?? 0) * 300);
  expect(large.labels[at]).toBe(1);
});

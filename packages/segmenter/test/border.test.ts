import { createGraphBuilder, parametersOf, tensor, type Graph, type Preprocessing, type Weights } from '@atrous/core';
import { buildModel, presets, variants } from '@atrous/models';
import { referenceRuntime } from '@atrous/runtime-reference';
import { createSegmenter } from '@atrous/segmenter';
import { createBundle, type Bundle } from '@atrous/weights';
import { describe, expect, it } from 'vitest';
import { checkGraph } from '../src/check-graph.ts';
import { mirror } from '../src/fit/mirror.ts';
import { toInput } from '../src/fit/to-input.ts';
import { rgbaPixels, type RgbaLike } from '../src/sources/rgba-pixels.ts';
import { colorLabels, paint, plain } from './support/tiny-bundle.ts';

const runtime = referenceRuntime();
const never = () => undefined;

/** As OpenCV's `borderInterpolate` does it: turn back at whichever end was passed until within. */
function reflect101(position: number, extent: number): number {
  if (extent === 1) return 0;
  let inside = position;
  while (inside < 0 || inside >= extent) inside = inside < 0 ? -inside : 2 * extent - 2 - inside;
  return inside;
}

/** The same picture with a border made by hand. */
const bordered = ({ width, height, data }: RgbaLike, border: number) =>
  paint(width + 2 * border, height + 2 * border, (x, y) => {
    const from = (reflect101(y - border, height) * width + reflect101(x - border, width)) * 4;
    const [red = 0, green = 0, blue = 0] = data.subarray(from, from + 3);
    return [red, green, blue];
  });

const patchy = (width: number, height: number) =>
  paint(width, height, (x, y) => [(x * 83 + y * 29) % 256, (x * 37 + y * 151) % 256, (x * 11 + y * 61) % 256]);

/** Any weights will do that keep the values of layers about as large as the image's, and different from place to place. */
const someWeights = (graph: Graph): Weights =>
  new Map(
    [...parametersOf(graph).values()].map(({ name, shape }, param) => {
      const fanIn = shape.slice(0, -1).reduce((product, extent) => product * extent, 1);
      const scale = shape.length === 1 ? 0 : Math.sqrt(6 / fanIn);
      const random = (index: number): number =>
        ((Math.sin(index * 12.9898 + param * 78.233) * 43_758.5453) % 1) * scale;
      return [
        name,
        tensor(
          Float32Array.from({ length: fanIn * (shape.at(-1) ?? 1) }, (_, i) => random(i)),
          shape,
        ),
      ];
    }),
  );

const bundleOf = (graph: Graph, preprocessing: Partial<Preprocessing>): Bundle =>
  createBundle({
    name: 'unpadded',
    graph,
    weights: someWeights(graph),
    labels: colorLabels,
    preprocessing: { ...plain, fit: { mode: 'multiple', of: 1, plus: 0 }, upsample: 'asymmetric', ...preprocessing },
  });

/** Two convolutions, the second atrous: without padding they lose 5 pixels on each side. */
function network(padding: 'valid' | 'same'): Graph {
  const builder = createGraphBuilder();
  const first = builder.conv2d(builder.input(), { name: 'first', filters: 5, kernel: 3, padding });
  const x = builder.activation(first, 'relu');
  return builder.build({
    logits: builder.conv2d(x, { name: 'logits', filters: 4, kernel: 5, atrousRate: 2, padding }),
  });
}

async function segment(graph: Graph, picture: RgbaLike, preprocessing: Partial<Preprocessing> = {}) {
  using segmenter = await createSegmenter({ bundle: bundleOf(graph, preprocessing), runtime });
  return segmenter.segment(picture, { probabilities: true });
}

describe('mirror', () => {
  it.each([
    [4, 2, [2, 1, 0, 1, 2, 3, 2, 1]],
    [3, 0, [0, 1, 2]],
    [2, 3, [1, 0, 1, 0, 1, 0, 1, 0]],
    [1, 2, [0, 0, 0, 0, 0]],
  ] as const)('of %i elements in a border of %i', (extent, border, expected) => {
    expect([...mirror(extent, border)]).toEqual(expected);
  });

  it.each([1, 2, 3, 7])('turns back at the ends of %i elements as often as it takes', (extent) => {
    const border = 20;
    const expected = Array.from({ length: extent + 2 * border }, (_, index) => reflect101(index - border, extent));
    expect([...mirror(extent, border)]).toEqual(expected);
  });
});

describe('toInput', () => {
  const plainBorder: Preprocessing = { ...plain, std: [1, 1, 1], fit: { mode: 'multiple', of: 1, plus: 0 } };

  it.each([
    ['larger than', 9, 8],
    ['smaller than', 3, 2],
    ['of one pixel, smaller than', 1, 1],
  ])('mirrors a border around a picture %s the border', async (_, width, height) => {
    const picture = patchy(width, height);
    const { tensor: made, plan } = await toInput(rgbaPixels(picture), { ...plainBorder, border: 5 }, never);
    const { tensor: byHand } = await toInput(rgbaPixels(bordered(picture, 5)), plainBorder, never);
    expect(made).toEqual(byHand);
    expect(plan.input).toEqual([height, width]);
  });

  it('mirrors the canvas, where there is one', async () => {
    const fit = { mode: 'pad', size: [1, 3], value: 7 } as const;
    const picture = paint(2, 1, (x) => [x + 1, 0, 0]);
    const { tensor: made } = await toInput(rgbaPixels(picture), { ...plainBorder, fit, border: 1 }, never);
    expect(made.shape).toEqual([1, 3, 5, 3]);
    const reds = made.data.filter((_, index) => index % 3 === 0);
    expect([...reds]).toEqual([2, 1, 2, 7, 2, 2, 1, 2, 7, 2, 2, 1, 2, 7, 2]);
  });
});

describe('networks without padding', () => {
  it.each([
    ['larger than its border', 14, 11],
    ['smaller than its border', 3, 2],
  ])('label a picture %s as they label the inside of one whose border was made by hand', async (_, width, height) => {
    const picture = patchy(width, height);
    const { labels, probabilities, ...seen } = await segment(network('valid'), picture, { border: 5 });
    const whole = await segment(network('same'), bordered(picture, 5));
    const inside = Array.from({ length: width * height }, (_unused, index) => {
      const [y, x] = [Math.floor(index / width) + 5, (index % width) + 5];
      return y * whole.width + x;
    });
    expect([seen.width, seen.height]).toEqual([width, height]);
    expect([...labels]).toEqual(inside.map((pixel) => whole.labels[pixel]));
    expect(new Set(probabilities).size).toBeGreaterThan(width * height);
    const expected = inside.flatMap((pixel) => [...whole.probabilities!.subarray(pixel * 4, pixel * 4 + 4)]);
    expect([...probabilities!]).toEqual(expected);
  });

  it("of Yu and Koltun give every eighth pixel the front end's scores of a picture whose border was made by hand", async () => {
    const vgg16 = { name: 'vgg16', depthMultiplier: 0.01, pools: 'firstThree', padding: 'valid' };
    const head = { name: 'large-fov', kernel: 7, atrousRate: 4, channels: 8, averagePool: false, padding: 'valid' };
    const graph = buildModel({ name: 'dilated-front-end', config: { backbone: vgg16, head, numClasses: 4 } });
    const picture = patchy(24, 16);
    const fit = { mode: 'multiple', of: 8, plus: 0 } as const;
    const { probabilities } = await segment(graph, picture, { fit, border: 186 });
    const byHand = rgbaPixels(bordered(picture, 186));
    const { tensor: input } = await toInput(byHand, { ...plain, fit: { ...fit, of: 1 } }, never);
    using executable = await runtime.compile(graph, someWeights(graph));
    const { logits } = await executable.run(input);
    expect(logits?.shape).toEqual([1, 2, 3, 4]);
    const margins = new Set<number>();
    for (let unit = 0; unit < 6; unit++) {
      const pixel = Math.floor(unit / 3) * 8 * 24 + (unit % 3) * 8;
      const [first = 0, ...others] = probabilities!.subarray(pixel * 4, pixel * 4 + 4);
      const [score = 0, ...scores] = logits!.data.subarray(unit * 4, unit * 4 + 4);
      for (const [index, other] of others.entries())
        expect(Math.log(other / first)).toBeCloseTo((scores[index] as number) - score, 5);
      margins.add(Number(((scores[0] as number) - score).toFixed(3)));
    }
    expect(margins.size).toBe(6);
  });
});

describe('checkGraph', () => {
  const open: Preprocessing = { ...plain, fit: { mode: 'multiple', of: 8, plus: 0 } };
  const variant = (name: string) => buildModel(variants.find((one) => one.name === name)!.model);
  const codeOf = (graph: Graph, preprocessing: Partial<Preprocessing>): unknown => {
    try {
      checkGraph(graph, { ...open, ...preprocessing });
    } catch (error) {
      return error;
    }
    return undefined;
  };

  it.each(['dilation-frontend-vgg16', 'dilation8-large-vgg16', 'dilation10-vgg16-cityscapes'])(
    'refuses %s without the border that it needs, or with another',
    (name) => {
      const graph = variant(name);
      expect(codeOf(graph, { border: 186 })).toBeUndefined();
      for (const border of [undefined, 100, 300])
        expect(codeOf(graph, { border })).toMatchObject({
          name: 'ShapeError',
          code: 'COVERAGE',
          message: expect.stringMatching(
            border === undefined
              ? /^of an image of 2048×2048 pixels the network's logits cover 16[78]\d×16[78]\d: labels would be misplaced$/
              : new RegExp(`^of an image of 2048×2048 pixels, in a border of ${border}, the network's logits cover`),
          ) as unknown,
          hint: expect.stringMatching(/about 18[2-8] /) as unknown,
        });
    },
  );

  it('refuses a border around networks that pad', () => {
    expect(codeOf(variant('deeplab-v3-resnet50'), { border: 186 })).toMatchObject({
      code: 'COVERAGE',
      hint: expect.stringContaining('about 0 ') as unknown,
    });
  });

  it('lets logits be stretched over the image where that is said', () => {
    // This port loses 32 pixels on each side and stretches what is left.
    const graph = variant('deeplab-v3-xception-vainf');
    expect(codeOf(graph, {})).toMatchObject({ code: 'COVERAGE' });
    expect(codeOf(graph, { border: 0 })).toBeUndefined();
  });

  it('says when a network cannot run at the size of the preprocessing', () => {
    const fit = { mode: 'stretch', size: [300, 300] } as const;
    expect(codeOf(variant('dilation-frontend-vgg16'), { fit })).toMatchObject({
      name: 'ShapeError',
      code: 'SEGMENTER_GRAPH',
      message: expect.stringContaining('the network cannot run on 300×300 pixels: ') as unknown,
      hint: expect.stringContaining('border') as unknown,
    });
  });

  it.each([-1, 1.5, NaN, Infinity])('refuses a border of %s', (border) => {
    expect(codeOf(network('valid'), { border })).toMatchObject({ name: 'ShapeError', code: 'BORDER' });
  });

  it('counts the border in networks whose input has a fixed size', () => {
    const builder = createGraphBuilder();
    const image = builder.input({ shape: [1, 19, 21, 3] });
    const graph = builder.build({
      logits: builder.conv2d(image, { name: 'logits', filters: 4, kernel: 11, padding: 'valid' }),
    });
    const fit = { mode: 'stretch', size: [9, 11] } as const;
    expect(codeOf(graph, { fit, border: 5 })).toBeUndefined();
    expect(codeOf(graph, { fit })).toMatchObject({ code: 'SEGMENTER_GRAPH' });
  });

  it.each(presets)('accepts the preset $name', ({ model, preprocessing }) => {
    expect(() => checkGraph(buildModel(model), preprocessing)).not.toThrow();
  });
});

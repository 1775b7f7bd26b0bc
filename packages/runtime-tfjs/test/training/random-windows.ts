import { cornerRules, createRandom, type Padding, type Pair, type Random } from '@atrous/core';
import { probe, type Probe } from './probes.ts';

const pairOf = (random: Random, low: number, high: number): Pair => [
  low + random.integer(high - low + 1),
  low + random.integer(high - low + 1),
];

function paddingOf(random: Random): Padding {
  const kind = random.pick(['same', 'symmetric', 'pads'] as const);
  const [[top, bottom], [left, right]] = [pairOf(random, 0, 9), pairOf(random, 0, 9)];
  return kind === 'pads' ? { top: top + 36, bottom, left: left + 36, right } : kind;
}

function randomConvolution(index: number): Probe {
  const random = createRandom('convolution', index);
  const options = {
    kernel: pairOf(random, 1, 3),
    stride: pairOf(random, 1, 3),
    atrousRate: random.chance(0.3) ? 1 : pairOf(random, 1, 18),
    padding: paddingOf(random),
  };
  const shape = [1 + random.integer(2), ...pairOf(random, 5, 15), 1 + random.integer(4)];
  const isDepthwise = random.chance(0.5);
  const outputs = 1 + random.integer(3);
  return probe(
    `${isDepthwise ? 'depthwise' : 'full'} ${shape.join('×')} ${JSON.stringify(options)}, ${outputs}`,
    (b, x) =>
      isDepthwise
        ? b.depthwiseConv2d(x, { name: 'c', multiplier: outputs, ...options })
        : b.conv2d(x, { name: 'c', filters: outputs, ...options }),
    shape,
  );
}

function randomResize(index: number): Probe {
  const random = createRandom('resize', index);
  const corners = random.pick(cornerRules);
  const [from, to] = [pairOf(random, 1, 9), pairOf(random, 1, 20)];
  return probe(
    `resize ${from.join('×')} to ${to.join('×')} ${corners}`,
    (b, x) => b.resizeBilinear(x, { corners, size: to }),
    [1, ...from, 2],
  );
}

/** Ops that are linear in each of their operands, with geometries drawn at random: as many of each as asked for. */
export const randomWindows = (count: number): readonly Probe[] =>
  Array.from({ length: count }, (_, index) => [randomConvolution(index), randomResize(index)]).flat();

import { expect, it } from 'vitest';
import {
  analyze,
  createGraphBuilder,
  defineBackbone,
  graphFromJson,
  graphToJson,
  optimizeForInference,
  parametersOf,
  retarget,
} from '../src/index.ts';

it('re-targets a network to another output stride with the same parameters', () => {
  const tiny = defineBackbone({
    name: 'tiny',
    description: 'x',
    defaults: { width: 8 },
    build(b, image, o: { width: number }) {
      let x = image;
      for (let i = 0; i < 5; i++) {
        x = b.conv2d(x, { name: `conv${i}`, filters: o.width, kernel: 3, stride: 2, nominal: true });
        x = b.batchNorm(x, { name: `bn${i}` });
        x = b.activation(x, 'relu');
      }
      return { c5: b.feature(x) };
    },
  });
  expect(tiny.name).toBe('tiny');
  const b = createGraphBuilder({ outputStride: 8 });
  const image = b.input();
  const { c5 } = tiny().build(b.scope('backbone'), image);
  expect(c5?.stride).toBe(8);
  const g = b.build({ out: c5!.node });
  const g32 = retarget(g, 32);
  expect([...parametersOf(g32).keys()]).toEqual([...parametersOf(g).keys()]);
  expect(g32.nodes.filter((n) => n.kind === 'conv2d').map((n) => (n.attrs as any).atrousRate[0])).toEqual([
    1, 1, 1, 1, 1,
  ]);
  expect(g.nodes.filter((n) => n.kind === 'conv2d').map((n) => (n.attrs as any).atrousRate[0])).toEqual([
    1, 1, 1, 1, 2,
  ]);
  expect(graphFromJson(graphToJson(g))).toEqual(g);
  console.log(analyze(g, [1, 65, 65, 3]).nodes.at(-1)?.receptiveField);
  const w = new Map(
    [...parametersOf(g).values()].map((p) => [
      p.name,
      { shape: p.shape, data: new Float32Array(p.shape.reduce((a, c) => a * c, 1)).fill(0.5) },
    ]),
  );
  const o = optimizeForInference({ graph: g, weights: w });
  expect(o.graph.nodes.map((n) => n.kind)).toEqual(['input', 'conv2d', 'conv2d', 'conv2d', 'conv2d', 'conv2d']);
});

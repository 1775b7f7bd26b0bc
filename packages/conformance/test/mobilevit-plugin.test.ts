import { createGraphBuilder } from '@atrous/core';
import { runGraph } from '@atrous/runtime-reference';
import { testBackbone } from '@atrous/testing';
import { expect, it } from 'vitest';
import { loadMobilevit, opsOf } from '../src/networks/mobilevit-plugin.ts';

const plugin = await loadMobilevit();

testBackbone(plugin.mobilevit, {
  ops: opsOf(plugin),
  options: [{ channels: [16, 16, 24, 48, 64, 80], hiddenSizes: [64, 80, 96], expansion: 2 }],
});

it('maps that cannot be cut into patches are enlarged as a resize would', async () => {
  const builder = createGraphBuilder({ ops: [plugin.enlargeToPatches] });
  const image = builder.input({ shape: [null, null, null, 2] });
  const patches = builder.custom(plugin.enlargeToPatches, [image], { name: 'patches', options: { patch: 2 } });
  const resized = builder.resizeBilinear(image, { name: 'resized', corners: 'halfPixel', size: [4, 6] });
  const graph = builder.build({ patches, resized });
  const pixels = { shape: [2, 3, 5, 2], data: Float32Array.from({ length: 60 }, (_, i) => Math.sin(i * i)) };
  const { patches: actual, resized: expected } = await runGraph(graph, new Map(), pixels, {
    ops: [plugin.enlargeToPatches],
  });
  expect(actual).toEqual(expected);
});

import { analyze, retarget } from '@atrous/core';
import { buildModel, variants } from '@atrous/models';
import { describe, expect, it } from 'vitest';

const built = (name: string) => buildModel(variants.find((variant) => variant.name === name)!.model);

const cost = (name: string, outputStride: number, height = 513, width = height) =>
  analyze(retarget(built(name), outputStride), [1, height, width, 3]);

describe('variants of DeepLab v3+', () => {
  it.each([
    ['deeplab-v3-plus-xception41', 28_108_661],
    ['deeplab-v3-plus-xception65', 41_055_413],
    ['deeplab-v3-plus-xception71', 43_477_837],
    ['deeplab-v3-plus-xception65-jfzhang95', 54_705_317],
    ['deeplab-v3-mobilenetv2', 2_113_557],
  ])('%s has %i parameters', (name, parameters) => {
    expect(cost(name, 16).parameters).toBe(parameters);
  });

  // Billions of multiply-adds: Table 5 of the paper, and the model zoo of tensorflow/models, which counts Cityscapes at 1025 × 2049.
  it.each([
    ['deeplab-v3-plus-xception65', 16, 513, 513, 54.17],
    ['deeplab-v3-plus-xception65', 8, 513, 513, 177.1],
    ['deeplab-v3-plus-xception65', 16, 1025, 2049, 418.64],
    ['deeplab-v3-plus-xception71-dpc-cityscapes', 16, 1025, 2049, 502.07],
    ['deeplab-v3-mobilenetv2-cityscapes', 16, 1025, 2049, 21.27],
  ])('%s at output stride %i costs what is published for %i × %i', (name, outputStride, height, width, published) => {
    const { multiplyAdds } = cost(name, outputStride, height, width);
    expect(Math.abs(multiplyAdds / 1e9 / published - 1)).toBeLessThan(0.003);
  });

  // The same counted from the layer tables of paper and code, exactly.
  it.each([
    ['deeplab-v3-plus-xception65', 16, '54.04'],
    ['deeplab-v3-plus-xception65', 8, '176.85'],
    ['deeplab-v3-mobilenetv2', 16, '2.74'],
    ['deeplab-v3-mobilenetv2', 8, '8.83'],
    ['deeplab-v3-mobilenetv2-dm05', 16, '0.87'],
    ['deeplab-v3-mobilenetv2-dm05', 8, '2.82'],
  ])('%s at output stride %i costs %s billion multiply-adds', (name, outputStride, billions) => {
    expect((cost(name, outputStride).multiplyAdds / 1e9).toFixed(2)).toBe(billions);
  });

  it.each([
    ['deeplab-v3-plus-resnet101', 'backbone/block1/unit2/conv3/BatchNorm'],
    ['deeplab-v3-plus-xception65', 'backbone/block2/separable2/pointwise/BatchNorm'],
    ['deeplab-v3-plus-xception71', 'backbone/block3/separable2/pointwise/BatchNorm'],
    ['deeplab-v3-plus-mobilenetv2-ade20k', 'backbone/block3/depthwise/relu6'],
  ])('%s reads the low-level features %s, at a quarter of the image', (name, feature) => {
    const graph = built(name);
    expect(graph.nodes.find((node) => node.name === 'decoder/low_level_projection')?.inputs).toEqual([feature]);
    const { nodes } = analyze(graph, [1, 513, 513, 3]);
    expect(nodes.find(({ node }) => node.name === feature)?.shape[1]).toBe(129);
  });

  // The table of segmentation networks in the paper of MobileNetV3, in millions.
  it.each([
    ['deeplab-mobilenetv3-large-cityscapes', '1.51'],
    ['deeplab-mobilenetv3-small-cityscapes', '0.47'],
  ])('%s has %s million parameters, and logits at stride 8', (name, millions) => {
    const { parameters, nodes } = analyze(built(name), [1, 769, 769, 3]);
    expect((parameters / 1e6).toFixed(2)).toBe(millions);
    expect(nodes.at(-1)?.shape).toEqual([1, 97, 97, 19]);
    // One window at the size of training, several in a whole photo.
    const windows = (height: number, width: number) =>
      analyze(built(name), [1, height, width, 3])
        .nodes.find(({ node }) => node.kind === 'avgPool')
        ?.shape.slice(1, 3);
    expect(windows(769, 769)).toEqual([1, 1]);
    expect(windows(1025, 2049)).toEqual([3, 9]);
    expect(windows(513, 513)).toEqual([1, 1]);
  });

  it('for Cityscapes have no image pooling', () => {
    const { nodes } = built('deeplab-v3-plus-xception71-cityscapes');
    expect(nodes.some(({ kind }) => kind === 'globalAvgPool')).toBe(false);
  });
});

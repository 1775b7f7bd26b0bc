import { griddingStacks } from '@atrous/atrous-ops';
import { analyze, graphFromJson, graphToJson } from '@atrous/core';
import { buildModel, presets, variants } from '@atrous/models';
import { describe, expect, it } from 'vitest';

const built = (name: string) => buildModel(variants.find((variant) => variant.name === name)!.model);
const cost = (name: string) => analyze(built(name), [1, 513, 513, 3]);

describe('variants', () => {
  it('have names of their own', () => {
    const names = [...variants, ...presets].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(variants)('$name is built as its configuration says, and survives JSON', ({ model }) => {
    const graph = buildModel(JSON.parse(JSON.stringify(model)) as typeof model);
    expect(graph.outputStride).toBe(model.config.outputStride);
    expect(graph.nodes.find(({ name }) => name === graph.outputs.logits)?.shape.at(-1)).toBe(model.config.numClasses);
    expect(graphFromJson(graphToJson(graph))).toEqual(graph);
  });

  it('have the rates of hybrid dilation in the last two blocks', () => {
    const rates = (name: string): number[] =>
      built(name).nodes.flatMap((node) =>
        node.kind === 'conv2d' && /^backbone\/block[34]\/unit\d+\/conv2$/.test(node.name)
          ? [node.attrs.atrousRate[0]]
          : [],
      );
    expect(rates('duc-resnet101')).toEqual([...Array<number>(23).fill(2), 4, 4, 4]);
    expect(rates('duc-hdc-resnet101').join()).toBe('2,2,5,9,1,2,5,9,1,2,5,9,1,2,5,9,1,2,5,9,1,2,5,5,9,17');
    expect(rates('duc-dilation-none-resnet101')).toEqual(Array<number>(26).fill(1));
  });

  // What hybrid dilation was made for.
  it.each([
    ['duc-resnet101', true],
    ['duc-hdc-resnet101', false],
    ['duc-dilation-rf-resnet101', false],
    ['duc-dilation-bigger-resnet101', false],
  ])('%s grids: %s', (name, grids) => {
    expect(griddingStacks(built(name)).length > 0).toBe(grids);
  });

  // Xie et al. 2021, "SegFormer", Table 2: 62.7 million for the 150 classes of ADE20K.
  it("count MMSegmentation's DeepLab v3+ as others do", () => {
    const { name, config } = variants.find((variant) => variant.name === 'deeplab-v3-plus-resnet101-mmseg')!.model;
    const graph = buildModel({ name, config: { ...config, numClasses: 150 } });
    expect(analyze(graph, [1, 512, 512, 3]).parameters / 1e6).toBeCloseTo(62.7, 1);
  });

  it.each([
    ['deeplab-v3-resnet50', 39_172_309],
    ['deeplab-v3-resnet101', 58_164_437],
    ['deeplab-v2-resnet101', 44_048_532],
    ['deeplab-v2-msc-resnet101', 44_048_532],
    ['deeplab-v2-largefov-resnet101', 42_887_253],
    ['duc-hdc-resnet101', 65_038_464],
    ['fcn-resnet50', 35_322_218],
    ['fcn-resnet101', 54_314_346],
    ['deeplab-v3-resnet50-torchvision', 42_004_074],
    ['deeplab-v3-resnet101-torchvision', 60_996_202],
    ['deeplab-v3-resnet101-kazuto1011', 58_040_661],
    ['deeplab-v1-7x7-vgg16', 134_346_581],
    ['deeplab-v1-vgg16', 65_140_565],
    ['deeplab-v1-4x4-vgg16', 65_140_565],
    ['deeplab-v1-largefov-vgg16', 20_505_429],
    ['deeplab-v2-largefov-vgg16', 20_505_429],
    ['deeplab-v2-aspp-l-vgg16', 37_877_652],
    ['dilation-frontend-vgg16', 134_346_581],
    // A basic context module adds 64·C² + 8·C, a large one 15 422·C² + 97·C.
    ['dilation8-basic-vgg16', 134_346_581 + 28_392],
    ['dilation8-large-vgg16', 134_346_581 + 6_803_139],
    ['dilation8-vgg16-camvid', 134_305_611 + 7_832],
    ['dilation7-vgg16-kitti', 134_305_611 + 6_732],
    ['dilation10-vgg16-cityscapes', 134_338_387 + 29_792],
  ])('%s has %i parameters', (name, parameters) => {
    expect(cost(name).parameters).toBe(parameters);
  });
});

import { mobilenetV2 } from '@atrous/backbones/mobilenet-v2';
import { resnet } from '@atrous/backbones/resnet';
import { xception } from '@atrous/backbones/xception';
import { analyze, retarget, ShapeError, type Graph } from '@atrous/core';
import { aspp, cascade, decoder } from '@atrous/heads';
import { deeplabV3, deeplabV3Plus } from '@atrous/models';
import { describe, expect, it } from 'vitest';

const light = aspp({ atrousRates: [] });

const logitsShape = (graph: Graph, height: number, width: number): readonly number[] | undefined =>
  analyze(graph, [1, height, width, 3]).nodes.at(-1)?.shape;

/** Of 513 × 513 pixels, in millions. */
const millionMultiplyAdds = (graph: Graph): number => Math.round(analyze(graph, [1, 513, 513, 3]).multiplyAdds / 1e6);

const parameters = (graph: Graph): number => analyze(graph, [1, 65, 65, 3]).parameters;

describe('DeepLab v3', () => {
  it.each([
    [16, [1, 33, 33, 21]],
    [8, [1, 65, 65, 21]],
  ])('at output stride %i makes logits of %o from 513 × 513', (outputStride, shape) => {
    expect(logitsShape(deeplabV3({ backbone: mobilenetV2(), outputStride }), 513, 513)).toEqual(shape);
  });

  // The published table of tensorflow/models: 2.75 billion, computed from its layers 2.741 (16) and 8.826 (8); 0.867 and 2.819 at half the width.
  it('with the light head costs what Google states', () => {
    const half = mobilenetV2({ depthMultiplier: 0.5, divisor: 1 });
    expect(parameters(deeplabV3({ backbone: mobilenetV2(), head: light }))).toBe(2_113_557);
    expect(millionMultiplyAdds(deeplabV3({ backbone: mobilenetV2(), head: light, outputStride: 16 }))).toBe(2741);
    expect(millionMultiplyAdds(deeplabV3({ backbone: mobilenetV2(), head: light, outputStride: 8 }))).toBe(8826);
    expect(millionMultiplyAdds(deeplabV3({ backbone: half, head: light, outputStride: 16 }))).toBe(867);
    expect(millionMultiplyAdds(deeplabV3({ backbone: half, head: light, outputStride: 8 }))).toBe(2819);
  });

  it("has the parameters of VainF's port", () => {
    const graph = deeplabV3({ backbone: mobilenetV2(), head: aspp({ imagePooling: 'last', refine: true }) });
    expect(parameters(graph)).toBe(5_113_877);
  });

  // The state dict of such a network with torchvision's stem and names has 76,430,376 values: running statistics of 60,352
  // channels and 83 counters among them.
  it('with a cascade up to block 7 has the parameters of its PyTorch twin, at every output stride of Table 1', () => {
    const backbone = resnet({ multiGrid: [1, 2, 1] });
    for (const outputStride of [8, 16, 32, 64, 128, 256])
      expect(parameters(deeplabV3({ backbone, head: cascade(), outputStride }))).toBe(76_430_376 - 2 * 60_352 - 83);
    expect(() => deeplabV3({ backbone, head: cascade({ lastBlock: 5 }), outputStride: 128 })).toThrow('not 128');
  });

  it.each([7, 12, 64])('cannot have an output stride of %i', (outputStride) => {
    const broken = () => deeplabV3({ backbone: mobilenetV2(), outputStride });
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(new RegExp(`not ${outputStride}`));
  });

  it.each([0, 1.5, -21])('cannot have %f classes', (numClasses) =>
    expect(() => deeplabV3({ backbone: mobilenetV2(), numClasses })).toThrow(`numClasses is ${numClasses}`),
  );
});

describe('DeepLab v3+', () => {
  it.each([16, 8])('makes logits at a quarter of the size from output stride %i', (outputStride) => {
    const graph = deeplabV3Plus({ backbone: mobilenetV2(), outputStride, numClasses: 19 });
    expect(logitsShape(graph, 65, 129)).toEqual([1, 17, 33, 19]);
  });

  // The paper states 54.17 and 177.10 billion (Table 5); its layers add up to 0.2 % less.
  it('with Xception and separable convolutions costs what the paper states', () => {
    const options = {
      backbone: xception(),
      head: aspp({ separable: true }),
      decoder: decoder({ lowLevel: 'c2Inner', separable: true }),
    };
    expect(parameters(deeplabV3Plus(options))).toBe(41_055_413);
    const billions = (outputStride: number): string =>
      (analyze(deeplabV3Plus({ ...options, outputStride }), [1, 513, 513, 3]).multiplyAdds / 1e9).toFixed(2);
    expect(billions(16)).toBe('54.04');
    expect(billions(8)).toBe('176.85');
  });

  it.each([
    ['jfzhang95', {}, {}, 5_816_053],
    ['bubbliiiing', { useBias: true }, { useBias: true }, 5_818_149],
    ['VainF', {}, { depth: 1 }, 5_225_717],
  ])('has the parameters of the port of %s', (_port, headOptions, decoderOptions, expected) => {
    const graph = deeplabV3Plus({
      backbone: mobilenetV2(),
      head: aspp({ imagePooling: 'last', ...headOptions }),
      decoder: decoder(decoderOptions),
    });
    expect(parameters(graph)).toBe(expected);
  });

  it('reads the inside of a block, as Google does', () => {
    const graph = deeplabV3Plus({ backbone: mobilenetV2(), decoder: decoder({ lowLevel: 'c2Expanded' }) });
    const projection = graph.nodes.find(({ name }) => name === 'decoder/low_level_projection');
    expect(projection?.params.weights?.shape).toEqual([1, 1, 144, 48]);
  });

  it('says which features there are when the decoder wants another', () => {
    expect(() => deeplabV3Plus({ backbone: mobilenetV2(), decoder: decoder({ lowLevel: 'res2' }) })).toThrow(
      'the backbone has c1, c2, c2Expanded, c3, c4, c5',
    );
  });
});

describe('retargeting', () => {
  const backbone = mobilenetV2({ padding: 'beforeExpansion', atrousFrom: 'nextStage', norm: 'folded' });
  it.each<[string, (outputStride: number) => Graph]>([
    ['DeepLab v3', (outputStride) => deeplabV3({ backbone: mobilenetV2(), outputStride })],
    ['DeepLab v3, light', (outputStride) => deeplabV3({ backbone: mobilenetV2(), head: light, outputStride })],
    ['DeepLab v3+', (outputStride) => deeplabV3Plus({ backbone: mobilenetV2(), outputStride })],
    ['a port of DeepLab v3+', (outputStride) => deeplabV3Plus({ backbone, outputStride })],
  ])('gives %s as it would have been built, node by node', (_name, build) => {
    expect(retarget(build(16), 8)).toEqual(build(8));
    expect(retarget(build(8), 16)).toEqual(build(16));
  });
});

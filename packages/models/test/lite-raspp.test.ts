import { mobilenetV2 } from '@atrous/backbones/mobilenet-v2';
import { mobilenetV3 } from '@atrous/backbones/mobilenet-v3';
import { analyze, retarget } from '@atrous/core';
import { liteRaspp, models } from '@atrous/models';
import { describe, expect, it } from 'vitest';

describe('Lite R-ASPP', () => {
  // torchvision publishes 3.22 million parameters and 2.086 billion multiply-adds at 520 × 520.
  it('with MobileNetV3 costs what torchvision states', () => {
    const { nodes, parameters, multiplyAdds } = analyze(liteRaspp({ backbone: mobilenetV3() }), [1, 520, 520, 3]);
    expect(nodes.at(-1)?.shape).toEqual([1, 65, 65, 21]);
    expect(parameters).toBe(3_221_538);
    expect((multiplyAdds / 1e9).toFixed(3)).toBe('2.086');
  });

  it('retargets to what it would have been built as', () => {
    const backbone = mobilenetV3({ size: 'small' });
    expect(retarget(liteRaspp({ backbone, outputStride: 16 }), 8)).toEqual(liteRaspp({ backbone, outputStride: 8 }));
  });

  it('reads low-level features of any level', () => {
    const graph = liteRaspp({ backbone: mobilenetV2(), lowLevel: 'c2', numClasses: 5 });
    expect(analyze(graph, [1, 65, 129, 3]).nodes.at(-1)?.shape).toEqual([1, 17, 33, 5]);
    expect(() => liteRaspp({ backbone: mobilenetV2() })).toThrow('lite-raspp needs the feature "c3First"');
  });

  it('is a model of the catalogue', () => {
    const model = models.find(({ name }) => name === 'lite-raspp');
    const config = { backbone: { name: 'mobilenet-v3', size: 'small' }, head: 'lr-aspp', lowLevel: 'c2' };
    const backbone = mobilenetV3({ size: 'small' });
    expect(model?.fromConfig(config)).toEqual(liteRaspp({ backbone, lowLevel: 'c2' }));
    expect(model?.fromConfig({ ...config, corners: 'alignCorners' })).toEqual(
      liteRaspp({ backbone, lowLevel: 'c2', corners: 'alignCorners' }),
    );
    expect(() => model?.fromConfig({ lowLevel: 2 })).toThrow('lowLevel is 2, expected a string');
    expect(() => model?.fromConfig({ backbone: config.backbone, corners: 'round' })).toThrow('corners is "round"');
  });
});

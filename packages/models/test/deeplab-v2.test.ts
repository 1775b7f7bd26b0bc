import { vgg16 } from '@atrous/backbones/vgg16';
import { analyze, retarget } from '@atrous/core';
import { asppSum } from '@atrous/heads';
import { deeplabV2 } from '@atrous/models';
import { describe, expect, it } from 'vitest';

describe('DeepLab v2', () => {
  it.each([[[6, 12, 18, 24]], [[2, 4, 8, 12]]])('with rates %o has the parameters of four branches', (atrousRates) => {
    const network = deeplabV2({ backbone: vgg16(), head: asppSum({ atrousRates }) });
    const { nodes, parameters } = analyze(network, [1, 321, 321, 3]);
    expect(parameters).toBe(37_877_652);
    expect(nodes.at(-1)?.shape).toEqual([1, 41, 41, 21]);
  });

  it('retargets', () => {
    const network = (outputStride: number) => deeplabV2({ backbone: vgg16(), outputStride });
    expect(retarget(network(8), 16)).toEqual(network(16));
  });
});

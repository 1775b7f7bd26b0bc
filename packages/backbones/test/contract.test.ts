import * as backbones from '@atrous/backbones';
import { testBackbone } from '@atrous/testing';

const { mobilenetV2, mobilenetV3, resnet, vgg16, xception, xceptionClassic } = backbones;

type Exports = typeof backbones;

type BackboneName = {
  [Name in keyof Exports]: Exports[Name] extends { readonly kind: 'backbone' } ? Name : never;
}[keyof Exports];

/** Multiples of 32 and one pixel, Caffe's: pools that round up add a unit each at even sizes. */
const BORDER_SIZES = [
  [65, 97],
  [97, 65],
  [129, 65],
] as const;

/** Every backbone of the package, or this does not compile. */
const contracts: Readonly<Record<BackboneName, () => void>> = {
  mobilenetV2: () => {
    testBackbone(mobilenetV2, {
      options: [
        { norm: 'folded', depthMultiplier: 0.5 },
        { padding: 'beforeExpansion', atrousFrom: 'nextStage', padStem: false },
        { depthMultiplier: 0.35, divisor: 1, padding: 'symmetric' },
      ],
    });
  },
  mobilenetV3: () => {
    testBackbone(mobilenetV3, {
      options: [
        { size: 'small', padding: 'same', atrousFrom: 'nextLayer', reducedTail: true },
        { norm: 'folded', depthMultiplier: 0.75 },
      ],
    });
  },
  resnet: () => {
    testBackbone(resnet, {
      options: [
        { depth: 18 },
        { depth: 34, norm: 'folded', depthMultiplier: 0.25 },
        { depth: 101, stem: '3x3', pool: 'same', strideAt: 'last3x3', multiGrid: [1, 2, 4] },
        { strideAt: 'first1x1', atrousFrom: 'sameLayer' },
      ],
    });
    testBackbone(resnet, { options: [{ pool: 'ceil' }], imageSizes: BORDER_SIZES });
    // Rates that are given for output stride 8 are no whole numbers at others.
    testBackbone(resnet, {
      options: [
        {
          stem: '3x3Narrow',
          pool: 'valid',
          hybridRates: [
            [1, 2, 5, 9, 1, 2],
            [5, 9, 17],
          ],
        },
      ],
      outputStrides: [8],
    });
  },
  vgg16: () => {
    testBackbone(vgg16, {
      options: [
        { pools: 'plain', depthMultiplier: 0.25 },
        { pools: 'firstThree', norm: 'batch' },
      ],
      imageSizes: BORDER_SIZES,
    });
  },
  xception: () => {
    testBackbone(xception, {
      options: [
        { layers: 41, norm: 'folded', depthMultiplier: 0.25 },
        { layers: 71 },
        { rectifiedSkips: 'all', exitBlockEnd: 'dense' },
      ],
    });
  },
  xceptionClassic: () => {
    testBackbone(xceptionClassic, {
      options: [
        { atrousFrom: 'sameBlock', exitNorm: false },
        { norm: 'folded', depthMultiplier: 0.5 },
      ],
    });
  },
};

for (const testContract of Object.values(contracts)) testContract();

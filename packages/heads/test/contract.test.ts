import * as heads from '@atrous/heads';
import { testHead } from '@atrous/testing';

const { aspp, asppSum, cascade, contextModule, decoder, densePredictionCell, duc } = heads;
const { fcn, largeFov, lrAspp, multiScaleFeatures, passThrough, pyramidPooling } = heads;

type Exports = typeof heads;

type HeadName = {
  [Name in keyof Exports]: Exports[Name] extends { readonly kind: 'head' } ? Name : never;
}[keyof Exports];

/** Every head of the package, or this does not compile. */
const contracts: Readonly<Record<HeadName, () => void>> = {
  aspp: () => {
    testHead(aspp, {
      options: [
        { separable: true, imagePooling: 'last' },
        { atrousRates: [], norm: 'folded' },
        { poolingCrop: [33, 17] },
      ],
    });
  },
  asppSum: () => {
    // Rates of 6 and 18 at output stride 8 are no whole numbers at 32.
    testHead(asppSum, {
      outputStrides: [8, 16],
      options: [{ hiddenChannels: 0, numClasses: 3 }, { atrousRates: [12] }],
    });
  },
  cascade: () => {
    // Three blocks of stride 2 after 32.
    testHead(cascade, { outputStrides: [8, 16, 32, 64, 128, 256] });
    testHead(cascade, { options: [{ lastBlock: 5, shortcut: 'identity', multiGrid: [1, 2, 4] }] });
  },
  contextModule: () => {
    testHead(contextModule, {
      features: ['scores'],
      options: [
        { width: 'large', padding: 'once' },
        { atrousRates: [1, 1, 2, 4, 8, 16, 32, 64] },
        { input: 'c5', atrousRates: [1, 1, 2, 4, 8] },
      ],
    });
  },
  decoder: () => {
    testHead(decoder, {
      features: ['context'],
      stride: 4,
      options: [
        { separable: true, corners: 'halfPixel', depth: 1 },
        { coarserLevels: ['c3'], kernel: '1x1' },
      ],
    });
  },
  densePredictionCell: () => {
    // Its rate of 3 is no whole number at output stride 32.
    testHead(densePredictionCell, { outputStrides: [8, 16], options: [{ norm: 'folded', dropout: 0 }] });
  },
  duc: () => {
    // Laid out in whole squares, which cover more than an image that is no multiple of the output stride.
    const imageSizes = [
      [64, 96],
      [128, 32],
    ] as const;
    for (const outputStride of [8, 16])
      testHead(duc, { outputStrides: [outputStride], stride: outputStride / 4, imageSizes });
  },
  fcn: () => {
    testHead(fcn, { options: [{ norm: 'folded' }] });
    testHead(fcn, { outputStrides: [8, 16], options: [{ input: 'c4', channels: 7, dropout: 0 }] });
  },
  largeFov: () => {
    testHead(largeFov, {
      options: [
        { kernel: 7, atrousRate: 4, averagePool: false },
        { kernel: 4, atrousRate: 4 },
        { channels: 5, dropout: 0 },
      ],
    });
  },
  lrAspp: () => {
    testHead(lrAspp, {
      options: [
        { norm: 'folded', channels: 3 },
        { poolingCrop: [33, 33], poolingStride: [2, 1], gateBias: true },
      ],
    });
  },
  multiScaleFeatures: () => {
    testHead(multiScaleFeatures, { features: ['context'], options: [{ levels: ['c2'], channels: 3 }] });
  },
  passThrough: () => {
    testHead(passThrough, { options: [{ input: 'c4' }], outputStrides: [8, 16] });
  },
  pyramidPooling: () => {
    testHead(pyramidPooling, { options: [{ bins: [1, 3], corners: 'halfPixel', dropout: 0 }, { norm: 'folded' }] });
  },
};

for (const testContract of Object.values(contracts)) testContract();

import { expect, it } from 'vitest';
import * as core from '../src/index.ts';

it('exports exactly these values', () => {
  expect(Object.keys(core).sort()).toEqual([
    'AtrousError',
    'BackendError',
    'DataError',
    'ShapeError',
    'UnknownPluginError',
    'UnsupportedError',
    'WeightsError',
    'analyze',
    'checkWeights',
    'createGraphBuilder',
    'createRegistry',
    'defineBackbone',
    'defineHead',
    'defineModel',
    'defineOp',
    'defineRuntime',
    'effectiveKernel',
    'foldBatchNorm',
    'fuseActivations',
    'graphFromJson',
    'graphToJson',
    'inputsOf',
    'nodesByName',
    'optimizeForInference',
    'parametersOf',
    'removeDropout',
    'resolvePads',
    'retarget',
    'sizeOf',
    'tensor',
    'windowOutputSize',
    'withInputShape',
  ]);
});

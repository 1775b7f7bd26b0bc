import * as all from '@atrous/testing';
import * as golden from '@atrous/testing/golden';
import * as contract from '@atrous/testing/runtime-contract';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(all).toSorted()).toEqual([
    'dataFolder',
    'generateTensor',
    'generatedIntegers',
    'goldensFolder',
    'largestDifference',
    'largestMagnitude',
    'processorTime',
    'randomNetwork',
    'readGoldenTensors',
    'runReadmeSnippet',
    'runSnippet',
    'testBackbone',
    'testHead',
    'testRuntime',
  ]);
});

it('exports exactly these values to programs in browsers', () => {
  expect(Object.keys(golden).toSorted()).toEqual([
    'generateTensor',
    'generatedIntegers',
    'largestDifference',
    'largestMagnitude',
    'parseGoldenArray',
    'parseGoldenTensors',
  ]);
  expect(Object.keys(contract)).toEqual(['testRuntime']);
});

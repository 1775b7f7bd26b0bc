import * as browser from '@atrous/segmenter';
import * as node from '@atrous/segmenter/node';
import { expect, it } from 'vitest';

it('exports one function, everywhere', () => {
  expect(Object.keys(browser)).toEqual(['createSegmenter']);
  expect(Object.keys(node)).toEqual(['createSegmenter']);
});

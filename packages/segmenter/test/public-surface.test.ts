import * as browser from '@atrous/segmenter';
import * as live from '@atrous/segmenter/live';
import * as node from '@atrous/segmenter/node';
import { expect, it } from 'vitest';

it('segments everywhere, counts classes, and prepares inputs where no decoder has to be brought', () => {
  expect(Object.keys(browser)).toEqual(['createSegmenter', 'legendOf', 'prepareInput']);
  expect(Object.keys(live)).toEqual(['createLiveSegmenter']);
  expect(Object.keys(node)).toEqual(['createSegmenter']);
});

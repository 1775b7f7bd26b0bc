import { crfPresets } from '@atrous/crf';
import { describe, expect, it } from 'vitest';
import { createLiveLimit } from '../src/refine/live-limit.ts';
import { crfSliders, presetOf } from '../src/refine/settings.ts';

describe('the sliders', () => {
  it.each(Object.entries(crfPresets))('can be set to every number of %s', (preset, values) => {
    for (const { name, min, max, step } of crfSliders) {
      expect(values[name]).toBeGreaterThanOrEqual(min);
      expect(values[name]).toBeLessThanOrEqual(max);
      expect((values[name] - min) % step).toBe(0);
    }
    expect(presetOf(values)).toBe(preset);
    expect(presetOf({ ...values, iterations: 3 })).toBeUndefined();
  });
});

describe('createLiveLimit', () => {
  const judge = (times: readonly number[]) => {
    const limit = createLiveLimit();
    for (const time of times) limit.add(time);
    return limit.tooSlow();
  };

  it('waits for two frames after the first, and believes the faster one', () => {
    expect(judge([2000])).toBeUndefined();
    expect(judge([2000, 400])).toBeUndefined();
    expect(judge([2000, 400, 300])).toBe(300);
    expect(judge([2000, 400, 100])).toBeUndefined();
    expect(judge([10, 300, 200, 20, 20])).toBe(200);
  });
});

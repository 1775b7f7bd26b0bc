import { ShapeError, UnknownPluginError } from '@atrous/core';
import { describe, expect, it } from 'vitest';
import { describeError, exitCodeOf } from '../src/describe-error.ts';
import { UsageError } from '../src/errors.ts';

describe('describeError', () => {
  it('reads message, code and hint of anything thrown', () => {
    expect(describeError(new UsageError('no', 'yes'))).toEqual({ message: 'no', code: 'USAGE', hint: 'yes' });
    expect(describeError(new Error('plain'))).toEqual({ message: 'plain' });
    expect(describeError('text')).toEqual({ message: 'text' });
    expect(describeError(undefined)).toEqual({ message: 'undefined' });
  });

  it('gives its own result back unchanged', () => {
    const once = describeError(new UsageError('no', 'yes'));
    expect(describeError(once)).toEqual(once);
  });

  it('tells bad usage from failed work', () => {
    expect([new UsageError('x'), new UnknownPluginError('x'), new ShapeError('x'), 1].map(exitCodeOf)).toEqual([
      2, 2, 1, 1,
    ]);
  });
});

import * as street from '@atrous/street';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(street)).toEqual(['streetBundle']);
});

import { expect, it } from 'vitest';
import * as all from '../src/index.ts';

it('exports exactly these values', () => {
  expect(Object.keys(all)).toEqual(['webgpu']);
});

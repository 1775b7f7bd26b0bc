// @ts-check
import { mergeConfig } from 'vitest/config';
import shared from '../tools/vitest.shared.ts';

export default mergeConfig(shared, { test: { name: 'benchmarks', include: ['test/**/*.test.js'] } });

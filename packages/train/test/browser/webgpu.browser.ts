import { webgpu } from '@atrous/runtime-tfjs/webgpu';
import { testLearning, testLosses } from '../support/test-learning.ts';

for (const test of [testLearning, testLosses]) await test(webgpu());

import { webgl } from '@atrous/runtime-tfjs/webgl';
import { testLearning, testLosses } from '../support/test-learning.ts';

// Chromium without a graphics card does WebGL in software.
for (const test of [testLearning, testLosses]) await test(webgl({ software: true }));

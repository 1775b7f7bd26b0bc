import { cpu } from '@atrous/runtime-tfjs/cpu';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { webgpu } from '@atrous/runtime-tfjs/webgpu';
import { testLearning, testLosses } from './support/test-learning.ts';

for (const runtime of [cpu(), wasm()]) await testLearning(runtime);
// Learning on a GPU in software takes a minute, which Chromium's tests spend.
for (const runtime of [wasm(), webgpu()]) await testLosses(runtime);

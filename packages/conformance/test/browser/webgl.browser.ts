import { referenceRuntime } from '@atrous/runtime-reference';
import { webgl } from '@atrous/runtime-tfjs/webgl';
import { testRuntime } from '@atrous/testing/runtime-contract';

// Chromium without a graphics card does WebGL in software.
testRuntime(webgl({ software: true }), { reference: referenceRuntime(), tolerance: 2e-5 });

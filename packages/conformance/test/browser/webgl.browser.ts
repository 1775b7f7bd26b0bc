import { referenceRuntime } from '@atrous/runtime-reference';
import { webgl } from '@atrous/runtime-tfjs/webgl';
import { testRuntime } from '@atrous/testing/runtime-contract';
import { publishedCases } from './published-cases.ts';
import { testPublishedNetworks } from './published-networks.ts';

// Chromium without a graphics card does WebGL in software.
const runtime = webgl({ software: true });

testRuntime(runtime, { reference: referenceRuntime(), tolerance: 2e-5 });
testPublishedNetworks(runtime, publishedCases, 1e-3);

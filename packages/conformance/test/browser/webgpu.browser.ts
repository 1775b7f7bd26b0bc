import { referenceRuntime } from '@atrous/runtime-reference';
import { webgpu } from '@atrous/runtime-tfjs/webgpu';
import { testRuntime } from '@atrous/testing/runtime-contract';
import { publishedCases } from './published-cases.ts';
import { testPublishedNetworks } from './published-networks.ts';

const runtime = webgpu();

testRuntime(runtime, { reference: referenceRuntime(), tolerance: 2e-5 });
testPublishedNetworks(runtime, publishedCases, 1e-3);

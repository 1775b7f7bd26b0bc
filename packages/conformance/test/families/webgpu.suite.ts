import { webgpu } from '@atrous/runtime-tfjs/webgpu';
import { testGoldenNetworks } from './golden-networks.ts';
import { testGoldenOps } from './golden-ops.ts';

const runtime = webgpu();

testGoldenOps(runtime);
testGoldenNetworks(runtime);

import { webgl } from '@atrous/runtime-tfjs/webgl';
import { testGoldenNetworks } from './golden-networks.ts';
import { testGoldenOps } from './golden-ops.ts';

const runtime = webgl({ software: true });

testGoldenOps(runtime);
testGoldenNetworks(runtime);

import { webgl } from '@atrous/runtime-tfjs/webgl';
import { testGoldenNetworks } from './golden-networks.ts';

testGoldenNetworks(webgl({ software: true }));

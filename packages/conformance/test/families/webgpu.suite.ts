import { webgpu } from '@atrous/runtime-tfjs/webgpu';
import { testGoldenNetworks } from './golden-networks.ts';

testGoldenNetworks(webgpu());

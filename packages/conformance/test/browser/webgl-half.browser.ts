import '@tensorflow/tfjs-backend-webgl';
import { webgl } from '@atrous/runtime-tfjs/webgl';
import { env } from '@tensorflow/tfjs-core';
import { publishedCases } from './published-cases.ts';
import { testPublishedNetworks } from './published-networks.ts';

// What many telephones have: textures of half precision, three digits. Logits of ±34 were measured to be off by up to 0.08.
env().set('WEBGL_FORCE_F16_TEXTURES', true);
testPublishedNetworks(webgl({ software: true }), publishedCases.slice(0, 1), 0.15);

import { testRuntime } from '@atrous/testing';
import { referenceRuntime } from '../src/index.ts';

testRuntime(referenceRuntime(), { reference: referenceRuntime(), tolerance: 1e-6 });

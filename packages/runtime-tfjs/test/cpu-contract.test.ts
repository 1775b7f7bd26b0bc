import { referenceRuntime } from '@atrous/runtime-reference';
import { testRuntime } from '@atrous/testing';
import { cpu } from '../src/cpu.ts';

testRuntime(cpu(), { reference: referenceRuntime(), tolerance: 2e-5 });

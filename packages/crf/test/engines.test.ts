import { exact } from '@atrous/crf/exact';
import { lattice } from '@atrous/crf/lattice';
import { describeOnGpu, gpu } from './support/on-gpu.ts';
import { testEngine } from './support/test-engine.ts';

testEngine(exact(), { toExact: { average: 1e-9, largest: 1e-9 } });
// features of seven dimensions on a few pixels are what a lattice is worst at
testEngine(lattice(), { toExact: { average: 0.009, largest: 0.12 } });
testEngine(lattice({ threads: 2 }), { toExact: { average: 0.009, largest: 0.12 } }, 'lattice of 2 threads');
describeOnGpu('webgpu', () => testEngine(gpu, { toExact: { average: 0.009, largest: 0.12 } }));

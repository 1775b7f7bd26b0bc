import {
  classifyBeforeUpsampling,
  foldPads,
  fuseTail,
  optimize,
  poolAsBias,
  projectThenUpsample,
  cutTaps,
  foldBatchNorm,
  fuseActivations,
  fusedKinds,
  optimizeForInference,
  removeDropout,
  removeIdentities,
  type Graph,
  type Network,
} from '@atrous/core';
import { checkPass } from './passes/check-pass.ts';

const ofGraph =
  (pass: (graph: Graph) => Graph) =>
  ({ graph, weights }: Network): Network => ({ graph: pass(graph), weights });

checkPass('foldBatchNorm', { pass: foldBatchNorm, changes: 20, tolerance: 1e-5 });
checkPass('fuseActivations', {
  pass: ofGraph(fuseActivations),
  changes: 20,
});
checkPass('removeDropout', { pass: ofGraph(removeDropout), changes: 10 });
checkPass('optimizeForInference', { pass: optimizeForInference, changes: 30, tolerance: 1e-5 });
checkPass('removeIdentities', { pass: ofGraph(removeIdentities), changes: 10 });
checkPass('cutTaps', { pass: cutTaps, changes: 10, open: [false] });
checkPass('foldPads', { pass: ofGraph(foldPads), changes: 3 });
checkPass('classifyBeforeUpsampling', { pass: ofGraph(classifyBeforeUpsampling), changes: 3 });
checkPass('poolAsBias', { pass: poolAsBias, changes: 3 });
checkPass('projectThenUpsample', { pass: projectThenUpsample, changes: 10 });
checkPass('fuseTail', { pass: ofGraph(fuseTail), changes: 50 });
checkPass('optimize', {
  pass: ({ graph, weights }) => optimize(graph, weights, { target: ['broadcastAdd', ...fusedKinds] }),
  changes: 55,
  tolerance: 1e-5,
});

import {
  cutTaps,
  foldBatchNorm,
  fuseActivations,
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

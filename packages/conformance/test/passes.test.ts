import {
  classifyBeforeUpsampling,
  foldPads,
  fuseTail,
  optimize,
  poolAsBias,
  projectThenUpsample,
  cutTaps,
  fixStrides,
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

const everyKind = ['of fixed size', 'of open size', 'with an output stride'] as const;

checkPass('foldBatchNorm', { pass: foldBatchNorm, changes: 20, tolerance: 1e-5 });
checkPass('fuseActivations', {
  pass: ofGraph(fuseActivations),
  changes: 20,
});
checkPass('removeDropout', { pass: ofGraph(removeDropout), changes: 15 });
checkPass('optimizeForInference', { pass: optimizeForInference, changes: 80, tolerance: 1e-5, on: everyKind });
checkPass('removeIdentities', { pass: ofGraph(removeIdentities), changes: 20, on: everyKind });
checkPass('fixStrides', { pass: ofGraph(fixStrides), changes: 50, on: ['with an output stride'] });
checkPass('cutTaps', { pass: cutTaps, changes: 15, on: ['of fixed size'] });
checkPass('foldPads', { pass: ofGraph(foldPads), changes: 20, on: everyKind });
checkPass('classifyBeforeUpsampling', { pass: ofGraph(classifyBeforeUpsampling), changes: 20 });
checkPass('poolAsBias', { pass: poolAsBias, changes: 20 });
checkPass('projectThenUpsample', { pass: projectThenUpsample, changes: 15 });
checkPass('fuseTail', { pass: ofGraph(fuseTail), changes: 50 });
checkPass('optimize', {
  pass: ({ graph, weights }) => optimize(graph, weights, { target: ['broadcastAdd', ...fusedKinds] }),
  changes: 90,
  tolerance: 1e-5,
  on: everyKind,
});

import {
  checkWeights,
  inputsOf,
  nodesByName,
  WeightsError,
  type Graph,
  type LabelMap,
  type Weights,
} from '@atrous/core';

const bad = (message: string, hint: string): WeightsError => new WeightsError(message, { code: 'BUNDLE_GRAPH', hint });

/**
 * Makes sure that the parts of a bundle fit together.
 *
 * @throws WeightsError naming the first thing that does not.
 */
export function checkBundle(graph: Graph, weights: Weights, labels: LabelMap): void {
  const inputs = inputsOf(graph).length;
  const outputs = Object.keys(graph.outputs);
  if (inputs !== 1) throw bad(`a bundle's graph has one input, this one has ${inputs}`, 'give the image alone');
  if (outputs.length !== 1 || graph.outputs['logits'] === undefined)
    throw bad(
      `a bundle's graph has one output "logits", this one has ${outputs.join(', ')}`,
      'build it with { logits }',
    );
  const channels = nodesByName(graph).get(graph.outputs['logits'])?.shape[3];
  if (channels !== labels.classes.length)
    throw new WeightsError(
      `the label map "${labels.name}" has ${labels.classes.length} classes, the logits have ${channels} channels`,
      { code: 'BUNDLE_LABELS', hint: 'choose the labels that the weights were trained with' },
    );
  labels.classes.forEach(({ id, name }, index) => {
    if (id !== index)
      throw new WeightsError(`class "${name}" has id ${id} at position ${index} of the label map "${labels.name}"`, {
        code: 'BUNDLE_LABELS',
        hint: 'list the classes by id, from 0 without gaps',
      });
  });
  checkWeights(graph, weights);
}

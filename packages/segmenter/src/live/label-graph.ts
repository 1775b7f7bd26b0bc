import { inputsOf, ShapeError, type Graph, type Node, type Preprocessing } from '@atrous/core';

/**
 * A segmenter's graph with labels of every pixel of its input as the only output, so that runtimes find them while they enlarge the logits.
 *
 * @throws ShapeError `LIVE_BORDER` for a network whose logits cover a part of its input only.
 */
export function labelGraph(graph: Graph, { upsample, border = 0 }: Preprocessing): Graph {
  if (border > 0)
    throw new ShapeError(
      `the network needs a border of ${border} pixels around the picture, which live video has not`,
      {
        code: 'LIVE_BORDER',
        hint: 'use `createSegmenter`',
      },
    );
  const image = inputsOf(graph)[0]!;
  const logits = graph.nodes.find(({ name }) => name === graph.outputs['logits'])!;
  const [n = null, height = null, width = null] = image.shape;
  const resized: Node = {
    kind: 'resizeBilinear',
    name: 'live/enlarged',
    inputs: [logits.name, image.name],
    attrs: { target: { kind: 'like' }, corners: upsample },
    params: {},
    shape: [n, height, width, logits.shape[3] ?? null],
  };
  const labels: Node = {
    ...{ kind: 'argMax', name: 'live/labels', inputs: [resized.name], attrs: {}, params: {} },
    shape: [n, height, width, 1],
  };
  return { ...graph, nodes: [...graph.nodes, resized, labels], outputs: { labels: labels.name } };
}

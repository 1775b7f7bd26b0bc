import { analyze, ShapeError, type Graph, type NodeAnalysis, type OpDefinition, type Pair } from '@atrous/core';

/** What a network is tried with. */
interface Trial {
  /** Height and width of the image as fitted. */
  readonly size: Pair;
  /** Pixels mirrored around it. */
  readonly border: number;
  readonly ops: readonly OpDefinition[];
}

function tryAt(graph: Graph, { size: [height, width], border, ops }: Trial): [logits: NodeAnalysis, stride: number] {
  const inputShape = [1, height + 2 * border, width + 2 * border, 3];
  try {
    const { nodes, outputStride } = analyze(graph, inputShape, { ops });
    return [nodes.find(({ node }) => node.name === graph.outputs['logits']) as NodeAnalysis, outputStride];
  } catch (cause) {
    if (!(cause instanceof ShapeError) || cause.code !== 'SHAPE') throw cause;
    throw new ShapeError(`the network cannot run on ${inputShape.slice(1, 3).join('×')} pixels: ${cause.message}`, {
      code: 'SEGMENTER_GRAPH',
      hint: 'fit pictures to a larger size, or mirror a `border` around them if it does not pad',
      cause,
    });
  }
}

/**
 * Makes sure that a network's logits cover the image within the border, not less and not the border too.
 *
 * Networks round sizes up and down: what is within two features of the truth passes.
 *
 * @throws ShapeError (`COVERAGE`) when they do not; `SEGMENTER_GRAPH` when the network cannot run at that size.
 */
export function checkCoverage(graph: Graph, trial: Trial): void {
  const { size, border } = trial;
  const [{ shape, receptiveField }, outputStride] = tryAt(graph, trial);
  const [, height, width] = shape as readonly [number, number, number, number];
  const covered: Pair = [height * receptiveField.stride[0], width * receptiveField.stride[1]];
  const excess = covered.map((extent, axis) => extent - size[axis as 0 | 1]);
  const tolerance = 2 * outputStride;
  // Without a border only networks with several scales of the image have more, by rounding.
  if (excess.every((pixels) => pixels > -tolerance && (border === 0 || pixels < tolerance))) return;
  const [what, where] = [covered, size].map((pair) => pair.map((extent) => Math.round(extent)).join('×'));
  const lost = Math.max(0, Math.round(border - (excess[0] as number) / 2));
  throw new ShapeError(
    `of an image of ${where} pixels${border > 0 ? `, in a border of ${border}, ` : ' '}the network's logits cover ${what}: labels would be misplaced`,
    {
      code: 'COVERAGE',
      hint:
        `set \`border\` of the preprocessing to what the network loses on each side, about ${lost} (186 for Yu and Koltun's), ` +
        'or to 0 to stretch the logits over the image all the same',
    },
  );
}
